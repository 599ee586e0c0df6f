"""The tables of ../schema.sql."""

from django.db import models


class Account(models.Model):
    id = models.CharField(primary_key=True, max_length=36)
    epoch = models.IntegerField()
    is_authenticated = True

    class Meta:
        managed = False
        db_table = "accounts"


class Session(models.Model):
    token_hash = models.CharField(primary_key=True, max_length=64)
    account = models.ForeignKey(Account, models.CASCADE)
    epoch = models.IntegerField()
    expires = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "sessions"


class Desk(models.Model):
    account = models.OneToOneField(Account, models.CASCADE, primary_key=True)
    rev = models.IntegerField()

    class Meta:
        managed = False
        db_table = "desks"


class Task(models.Model):
    id = models.CharField(primary_key=True, max_length=36)
    account = models.ForeignKey(Account, models.CASCADE)
    title = models.CharField(max_length=200)
    notes = models.TextField(max_length=4000, blank=True, default="")
    course_id = models.CharField(max_length=36, null=True)
    estimate_min = models.IntegerField()
    worked_min = models.IntegerField(default=0)
    remaining_min = models.IntegerField()
    priority = models.IntegerField(default=3)
    due = models.DateTimeField()
    state = models.CharField(max_length=8, default="open")
    created = models.DateTimeField()
    completed = models.DateTimeField(null=True)
    version = models.IntegerField()

    class Meta:
        managed = False
        db_table = "tasks"


class Journal(models.Model):
    sequence = models.AutoField(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE)
    rev = models.IntegerField()
    at = models.DateTimeField()
    change = models.TextField()

    class Meta:
        managed = False
        db_table = "journal"
