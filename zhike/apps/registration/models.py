from django.db import models

from zhike.kernel.registry import load

load("zhike.apps.registration.objects")


class Turn(models.Model):
    """A key somebody is about to register (见 turns.py). Nobody ever sees a row of it."""

    key = models.CharField(max_length=300, primary_key=True)
