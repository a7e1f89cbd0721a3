"""POST /panel/sessions/challenge: answer what is asked beside a password, a new one or a code."""

from http import HTTPStatus

from lastro.access.staff.requests import AnswerChallenge
from lastro.access.wiring import open_staff_login
from lastro.aws.entrypoints.http import Reply, endpoint

login = open_staff_login()


@endpoint(status=HTTPStatus.OK, public=True)
def handler(request: AnswerChallenge) -> Reply:
    made = login.answer(request)
    return Reply(made.body, HTTPStatus.OK, made.headers)
