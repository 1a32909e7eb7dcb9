"""Webhooks: the events of tasks, their receivers, how they are signed and sent."""
