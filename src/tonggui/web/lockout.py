"""Lock-out: after five wrong passwords a name waits fifteen minutes; an address that tries many names waits as well.

A right password during the wait is refused too, so that guessing learns nothing. A successful login begins the count
of its name anew.
"""

from datetime import timedelta

from django.utils import timezone

from tonggui.web.models import LoginAttempt

TRIES = 5
TRIES_OF_ADDRESS = 50
WAIT = timedelta(minutes=15)


def admit(username: str, address: str | None) -> LoginAttempt | int:
    """The attempt, written down as a failure before its password is looked at; or the minutes it must wait.

    Written first, it counts against others that come at the same moment, so that a burst gets no more tries.
    """
    attempt = LoginAttempt.objects.create(username=username[:150], address=address, succeeded=False)
    minutes = wait_minutes(username, address, attempt)
    if minutes:
        attempt.delete()
        return minutes
    return attempt


def wait_minutes(username: str, address: str | None, attempt: LoginAttempt) -> int:
    """Whole minutes until the name may try again from this address; 0 where its attempt may go on now."""
    now = timezone.now()
    failures = LoginAttempt.objects.filter(succeeded=False, at__gt=now - WAIT, pk__lt=attempt.pk)
    last_success = LoginAttempt.objects.filter(username=username, succeeded=True).values_list("at", flat=True).first()
    of_name = failures.filter(username=username)
    if last_success:
        of_name = of_name.filter(at__gt=last_success)
    waits = [_left(of_name, TRIES, now)]
    if address:
        waits.append(_left(failures.filter(address=address), TRIES_OF_ADDRESS, now))
    return max(waits)


def _left(failures, tries: int, now) -> int:
    """Minutes from now until fewer than `tries` of these failures lie within the waiting time."""
    times = list(failures.order_by("-at").values_list("at", flat=True)[:tries])
    if len(times) < tries:
        return 0
    seconds = (times[-1] + WAIT - now).total_seconds()
    return max(0, -int(-seconds // 60))
