"""Maker of the API's app: it registers every slice, and runs their loops while the app serves."""

import asyncio
import pkgutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

from fastapi import FastAPI

from hypernode_marketplace_api import slices
from hypernode_marketplace_api.auth.service import RequestAuthenticator
from hypernode_marketplace_api.errors import install_error_handlers
from hypernode_marketplace_api.kernel import Collaborators, Kernel, Slice
from hypernode_marketplace_api.resources.admission import Admission
from hypernode_marketplace_api.resources.loops import Loop, every
from hypernode_marketplace_api.resources.migrate import migrate
from hypernode_marketplace_api.settings import Settings

# Nonces that can no longer be replayed are deleted this often.
FORGET_SECONDS = 60.0
# A loop's step that takes longer than this at shutdown is cancelled.
STOP_SECONDS = 5.0


def registered() -> list[Slice]:
    """Return the slice of every package below `slices`, in order of name."""
    names = sorted(found.name for found in pkgutil.iter_modules(slices.__path__) if found.ispkg)
    return [import_module(f"{slices.__name__}.{name}.endpoints").SLICE for name in names]


def create_app(settings: Settings, outside: Collaborators, *, run_loops: bool = True) -> FastAPI:
    """Return an app with every slice. Without loops, a test calls the services' steps itself."""
    parts = registered()
    kernel = Kernel(settings, outside, tuple(each for part in parts for each in part.projections))
    loops = [loop for part in parts for loop in part.loops(kernel)]
    nonces = kernel.one(RequestAuthenticator)
    loops.append(Loop("nonces", nonces.forget_old_nonces, every(FORGET_SECONDS)))
    app = FastAPI(title="Hypernode marketplace", version="1", lifespan=_lifespan, redirect_slashes=False)
    app.state.kernel, app.state.loops = kernel, loops if run_loops else []
    app.add_middleware(
        Admission,
        limit=outside.limiter("address", settings.rate_per_address, settings.rate_burst),
        metrics=kernel.metrics,
        max_blob_bytes=settings.max_blob_bytes,
    )
    install_error_handlers(app)
    for part in parts:
        for router in part.routers:
            app.include_router(router)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Migrate, run the loops while the app serves, and stop them before closing what they use."""
    outside: Collaborators = app.state.kernel.outside
    await migrate(outside.database)
    tasks = [asyncio.create_task(loop.run()) for loop in app.state.loops]
    try:
        yield
    finally:
        for loop in app.state.loops:
            loop.stop()
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()
        await outside.notices.close()
        await outside.leases.close()
        await outside.database.close()
