"""The noisy channel: how a true text comes to be seen as another one. All costs are nats (−ln of a probability)."""
