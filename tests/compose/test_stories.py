"""The stories of tests/flows, told again by containers: they must not depend on everything being on one machine."""

from tests.flows.test_activity import (  # noqa: F401
    test_a_key_that_is_revoked_is_refused_at_once,
    test_from_the_units_software_to_the_phones,
    test_who_signed_up_hears_that_it_is_called_off,
)
from tests.flows.test_watch import (  # noqa: F401
    test_a_silent_squad_is_looked_after_until_somebody_says_all_is_well,
    test_sos_rings_until_somebody_answers_and_is_stood_down,
    test_trouble_reaches_the_leader_and_the_desk,
)
