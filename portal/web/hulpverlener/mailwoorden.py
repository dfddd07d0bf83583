"""The words of staff for mail that came in. Every mapping is complete, or the import fails."""

from portal.domain.inkomend import Mailband, Mailgevolg, Mailsoort

MAILSOORT = {
    Mailsoort.ONBESTELBAAR: ("Onbestelbaar", "De e-mail kwam terug: het adres bestaat niet of is niet te bereiken."),
    Mailsoort.POSTVAK_VOL: ("Postvak vol", "De e-mail kwam terug: het postvak van de ontvanger is vol."),
    Mailsoort.GEBLOKKEERD: ("Geblokkeerd", "De mailserver van de ontvanger houdt deze e-mail tegen."),
    Mailsoort.POSTVAK_GESLOTEN: ("Postvak gesloten", "De ontvanger leest dit postvak niet, of wil een formulier."),
    Mailsoort.VERTRAAGD: ("Vertraagd", "De e-mail is nog onderweg. De mailserver probeert het vanzelf opnieuw."),
    Mailsoort.BEZORGD: ("Bezorgd", "De mailserver meldt dat de e-mail is bezorgd. Dat is nog niet: gelezen."),
    Mailsoort.LEESBEWIJS: ("Leesbewijs", "Het mailprogramma van de ontvanger meldt dat iemand de e-mail opende."),
    Mailsoort.AFWEZIG: ("Afwezig", "Een automatisch antwoord: er is nu niemand."),
    Mailsoort.ONTVANGSTBEVESTIGING: ("Ontvangst bevestigd", "Een automatisch antwoord: de e-mail is ontvangen."),
    Mailsoort.MISBRUIKMELDING: ("Klacht over e-mail", "De ontvanger meldde deze e-mail als ongewenst."),
    Mailsoort.ANTWOORD: ("Antwoord", "Iemand schreef terug."),
    Mailsoort.LUS: ("Eigen e-mail", "Een e-mail van het portaal zelf, die is rondgestuurd."),
    Mailsoort.ONLEESBAAR: ("Onleesbaar", "Het portaal kan deze e-mail niet lezen. De hele e-mail is bewaard."),
}
"""Label, and what it means."""

MAILGEVOLG = {
    Mailgevolg.NIETS: "U hoeft niets te doen.",
    Mailgevolg.LATER_OPNIEUW: "Het portaal verstuurt het bericht later vanzelf opnieuw.",
    Mailgevolg.NIET_BEZORGD: "Het bericht is niet bezorgd. Zoek een ander adres, of kies per post.",
    Mailgevolg.PER_POST: "Het bericht is niet bezorgd. Verstuur het per post.",
    Mailgevolg.LEZEN: "Lees de e-mail en kijk wat nodig is.",
    Mailgevolg.UITZOEKEN: "Zoek uit bij welke zaak deze e-mail hoort.",
}
"""What is to be done."""

MAILBAND = {
    Mailband.TOKEN: "Het terugkeeradres van het bericht: zeker",
    Mailband.MESSAGE_ID: "Het nummer van het bericht in de e-mail",
    Mailband.KENMERK: "Het kenmerk in de e-mail",
    Mailband.GEEN: "Niets: het portaal weet niet waar deze e-mail over gaat",
}
"""By what it was found."""

_missing = [
    f"{type(member).__name__}.{member.name}"
    for kind, words in ((Mailsoort, MAILSOORT), (Mailgevolg, MAILGEVOLG), (Mailband, MAILBAND))
    for member in kind
    if member not in words
]
if _missing:
    raise RuntimeError(f"without a word for staff: {', '.join(_missing)}")
