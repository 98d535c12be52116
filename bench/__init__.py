"""Load and latency of the running product, each beside a peer that is measured in the same run."""
