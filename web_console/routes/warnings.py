"""Warnings as the desk types them."""

from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from incidents import ChangeWarning, IssueWarning, LiftWarning
from web_console.bodies import Nothing
from web_console.bodies_watch import WarningAgainBody, WarningBody
from web_console.house import House
from web_console.routes.common import desk_asks, receipt_answer


async def issue(request: Request) -> Response:
    asking = await desk_asks(request, WarningBody)
    body: WarningBody = asking.body
    _check_known(asking.house, body.divisions)
    command = IssueWarning(
        warning=f"w-{asking.command_id}", kind=body.kind, level=body.level, divisions=body.divisions, issuer=body.issuer,
        issued_ms=body.issued_ms, expires_ms=body.expires_ms,
    )  # fmt: skip
    return receipt_answer(await asking(command))


async def change(request: Request) -> Response:
    asking = await desk_asks(request, WarningAgainBody)
    body: WarningAgainBody = asking.body
    _check_known(asking.house, body.divisions)
    command = ChangeWarning(
        warning=request.path_params["warning"], level=body.level, divisions=body.divisions, expires_ms=body.expires_ms
    )
    return receipt_answer(await asking(command))


async def lift(request: Request) -> Response:
    asking = await desk_asks(request, Nothing)
    return receipt_answer(await asking(LiftWarning(warning=request.path_params["warning"])))


def _check_known(house: House, divisions: tuple[str, ...]) -> None:
    for division in divisions:
        if division not in house.names.divisions:
            raise Refused("division.unknown", division=division)
