"""Tests of following a job that was posted: whatever ends it, the command names the job and what to do."""

import asyncio
from collections.abc import AsyncIterator
from typing import cast

import pytest

from hypernode.client.api import ApiUnavailable
from hypernode.client.job import Job
from hypernode.config import Settings
from hypernode.errors import HypernodeError
from hypernode_cli.commands.job_run import LostSight, _follow
from hypernode_cli.context import Context
from hypernode_cli.errors import LeftRunning
from hypernode_cli.output import Output
from tests.support.documents import an_address


class Unwatched:
    """A job whose watch ends with a fault."""

    def __init__(self, fault: BaseException) -> None:
        self.id, self.fault = an_address("job"), fault

    async def watch(self) -> AsyncIterator[None]:
        raise self.fault
        yield


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (ApiUnavailable(0, "ApiUnavailable", "http://there does not answer"), LostSight),
        (asyncio.CancelledError(), LeftRunning),
    ],
)
async def test_a_command_that_cannot_follow_its_job_names_it(
    fault: BaseException, kind: type[HypernodeError]
) -> None:
    job, context = Unwatched(fault), Context(Settings(), Output(as_json=True))
    with pytest.raises(kind) as told:
        await _follow(context, cast(Job, job))
    assert job.id in str(told.value)
    assert told.value.fix is not None
    assert job.id in told.value.fix
