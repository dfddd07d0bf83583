"""Passkeys of staff: add one, sign in with it, take it away.

A passkey asks its owner for a finger, a face or a PIN, so it is both factors at once (user verification is required).
"""

from uuid import UUID

import webauthn
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from portal.actions.inloggen import check_own_password
from portal.actions.toegang import add_session
from portal.actions.work import unit_of_work
from portal.db.engine import ScopedSession
from portal.domain import events
from portal.domain.errors import NotAllowed, NotFound, OngeldigeToegang
from portal.domain.event import LANDELIJK
from portal.domain.roles import Actor
from portal.models import Medewerker, Passkey, SessieSoort
from portal.models.passkey import relying_party

MAX_PASSKEYS = 5
"""Passkeys of one person. Assumption: a phone, a few computers and a stick."""

MIDDEL = "passkey"


def registration_options(session: ScopedSession, actor: Actor, challenge: bytes) -> str:
    """What the browser needs to make a passkey, as JSON."""
    medewerker = session.get_one(Medewerker, actor.id)
    known = session.scalars(select(Passkey.credential_id).where(Passkey.medewerker_id == medewerker.id)).all()
    rp = relying_party(session.adressen.base_url)
    return webauthn.options_to_json(
        webauthn.generate_registration_options(
            rp_id=rp.id,
            rp_name="Pauzeknop",
            user_id=medewerker.id.bytes,
            user_name=medewerker.email,
            user_display_name=medewerker.naam,
            challenge=challenge,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=id) for id in known],
        )
    )


def add_passkey(
    session: ScopedSession, actor: Actor, *, password: str, naam: str, challenge: bytes, answer: str
) -> None:
    """Raises OngeldigeToegang for a wrong password, or a key that did not answer this challenge or has an account;
    NotAllowed for one too many, and for who comes in through the staff's own identity provider.
    """
    rp = relying_party(session.adressen.base_url)
    with unit_of_work(session, actor) as work:
        medewerker = work.load_for_update(Medewerker, actor.id or LANDELIJK)
        check_own_password(medewerker, password)
        own = session.scalars(select(Passkey).where(Passkey.medewerker_id == medewerker.id)).all()
        if medewerker.sso_subject is not None or len(own) >= MAX_PASSKEYS:
            raise NotAllowed("another passkey")
        try:
            made = webauthn.verify_registration_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=rp.id,
                expected_origin=rp.origin,
                require_user_verification=True,
            )
        except WebAuthnException as error:
            raise OngeldigeToegang("passkey") from error
        passkey = Passkey(
            medewerker_id=medewerker.id,
            naam=naam,
            credential_id=made.credential_id,
            public_key=made.credential_public_key,
            teller=made.sign_count,
            created_at=work.now,
        )
        work.add(passkey)
        try:
            session.flush()
        except IntegrityError as error:  # this key opens an account already, perhaps one that nobody here may see
            raise OngeldigeToegang("passkey") from error
        keten = medewerker.organisatie_id or LANDELIJK
        work.record(events.PasskeyAdded(keten=keten, medewerker_id=medewerker.id, passkey_id=passkey.id))


def remove_passkey(session: ScopedSession, actor: Actor, passkey_id: UUID) -> None:
    """One of the own passkeys opens nothing any more. Raises NotFound, also for that of a colleague."""
    with unit_of_work(session, actor) as work:
        passkey = work.load_for_update(Passkey, passkey_id)
        if passkey.medewerker_id != actor.id:
            raise NotFound(f"passkey {passkey_id}")
        session.delete(passkey)
        keten = actor.organisatie_id or LANDELIJK
        work.record(events.PasskeyRemoved(keten=keten, medewerker_id=passkey.medewerker_id, passkey_id=passkey_id))


def sign_in_options(base_url: str, challenge: bytes) -> str:
    """What the browser needs to use a passkey, as JSON. It names nobody: the key says whose it is."""
    return webauthn.options_to_json(
        webauthn.generate_authentication_options(
            rp_id=relying_party(base_url).id,
            challenge=challenge,
            user_verification=UserVerificationRequirement.REQUIRED,
        )
    )


def sign_in_with_passkey(
    session: ScopedSession, *, challenge: bytes, answer: str, lifetime_seconds: int, apparaat: str | None = None
) -> str:
    """Open a session for whose passkey answered this challenge; returns its token. Raises OngeldigeToegang."""
    rp = relying_party(session.adressen.base_url)
    with unit_of_work(session, Actor.systeem()) as work:
        try:
            parsed = webauthn.helpers.parse_authentication_credential_json(answer)
            found = select(Passkey).where(Passkey.credential_id == parsed.raw_id).with_for_update()
            passkey = session.scalars(found).first()
            medewerker = session.get(Medewerker, passkey.medewerker_id) if passkey else None
            if passkey is None or medewerker is None or not medewerker.actief or medewerker.sso_subject is not None:
                raise OngeldigeToegang("passkey")
            used = webauthn.verify_authentication_response(
                credential=parsed,
                expected_challenge=challenge,
                expected_rp_id=rp.id,
                expected_origin=rp.origin,
                credential_public_key=passkey.public_key,
                credential_current_sign_count=passkey.teller,
                require_user_verification=True,
            )
        except WebAuthnException as error:
            raise OngeldigeToegang("passkey") from error
        passkey.teller, passkey.used_at = used.new_sign_count, work.now
        keten = medewerker.organisatie_id or LANDELIJK
        work.record(events.MedewerkerSignedIn(keten=keten, medewerker_id=medewerker.id))
        return add_session(
            work,
            SessieSoort.MEDEWERKER,
            lifetime_seconds,
            medewerker_id=medewerker.id,
            apparaat=apparaat,
            middel=MIDDEL,
        )
