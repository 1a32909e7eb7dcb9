"""Files an attacker would send: to the readers alone and to the whole service, beside secrets and a listener."""
