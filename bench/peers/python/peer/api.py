"""Serializer, views and routes."""

import json
import uuid

from django.db import transaction
from django.db.models import F
from django.http import HttpResponse
from django.urls import include, path
from django.utils import timezone
from rest_framework import mixins, pagination, routers, serializers, viewsets

from .models import Desk, Journal, Task


class TaskSerializer(serializers.ModelSerializer):
    estimate_min = serializers.IntegerField(min_value=1, max_value=6000)
    priority = serializers.IntegerField(min_value=1, max_value=5, default=3)

    class Meta:
        model = Task
        fields = [
            "id", "title", "notes", "course_id", "estimate_min", "worked_min", "remaining_min",
            "priority", "due", "state", "created", "completed", "version",
        ]  # fmt: skip
        read_only_fields = [
            "id", "worked_min", "remaining_min", "state", "created", "completed", "version",
        ]  # fmt: skip


class Pages(pagination.CursorPagination):
    ordering = "id"
    page_size = 50
    page_size_query_param = "limit"
    max_page_size = 200

    def get_paginated_response(self, data):
        response = super().get_paginated_response(data)
        response.data = {"items": data, "next": self.get_next_link()}
        return response


class Tasks(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.CreateModelMixin, viewsets.GenericViewSet
):
    serializer_class = TaskSerializer
    pagination_class = Pages

    def get_queryset(self):
        return Task.objects.filter(account=self.request.user)

    def perform_create(self, serializer):
        now, account = timezone.now(), self.request.user
        with transaction.atomic():
            Desk.objects.filter(account=account).update(rev=F("rev") + 1)
            rev = Desk.objects.values_list("rev", flat=True).get(account=account)
            task = serializer.save(
                id=str(uuid.uuid4()),
                account=account,
                remaining_min=serializer.validated_data["estimate_min"],
                created=now,
                version=rev,
            )
            change = json.dumps({"id": task.id, "title": task.title, "due": task.due.isoformat()})
            Journal.objects.create(account=account, rev=rev, at=now, change=change)


router = routers.SimpleRouter(trailing_slash=False)
router.register("tasks", Tasks, basename="task")
urlpatterns = [
    path("livez", lambda request: HttpResponse("ok")),
    path("api/v1/", include(router.urls)),
]
