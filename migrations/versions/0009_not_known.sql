-- What an older version does not know waits for a newer one: for an hour such failures put nothing into quarantine.
-- While both versions take from one queue, the older one may well be asked eight times in a row.
CREATE OR REPLACE FUNCTION bus.fail(subscriber text, delivery_id uuid, error text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM bus.check_caller(subscriber);
    UPDATE bus.deliveries d SET failures = d.failures + 1, starts = 0, last_error = error,
        quarantined_at = CASE WHEN d.failures >= 7 AND (error NOT LIKE 'NotKnown: %'
            OR uuid_extract_timestamp(d.event_id) < now() - interval '1 hour') THEN now() END
        WHERE d.id = delivery_id AND d.subscriber = fail.subscriber AND d.quarantined_at IS NULL;
END $$;
