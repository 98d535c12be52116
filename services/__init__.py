"""The four services. None imports another; they speak through shared/schemas."""
