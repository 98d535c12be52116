"""Loans of equipment: asked for, promised, handed out, brought back, asked after, forgotten."""
