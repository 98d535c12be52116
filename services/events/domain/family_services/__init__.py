"""The ten services of the happy family: the matrix, what is asked for, and who could fill a gap."""
