"""A form page of Wagtail's own kind: it stores what visitors write, then mails it."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractEmailForm, AbstractFormField


class ContactField(AbstractFormField):
    """One field of the form."""

    page = ParentalKey(
        "ContactPage", on_delete=models.CASCADE, related_name="form_fields"
    )


class ContactPage(AbstractEmailForm):
    """The page with the form."""
