"""Who asks: a bearer token, looked up by its digest."""

import hashlib

from django.db.models import F
from django.utils import timezone
from rest_framework import authentication, exceptions

from .models import Session


class BearerToken(authentication.BaseAuthentication):
    def authenticate(self, request):
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer":
            return None
        digest = hashlib.sha256(token.encode()).hexdigest()
        session = (
            Session.objects.select_related("account")
            .filter(token_hash=digest, epoch=F("account__epoch"), expires__gt=timezone.now())
            .first()
        )
        if session is None:
            raise exceptions.AuthenticationFailed()
        return session.account, session

    def authenticate_header(self, request):
        return "Bearer"
