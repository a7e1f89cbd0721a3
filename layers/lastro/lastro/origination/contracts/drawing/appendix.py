"""What is appended to a contract once it lives: the record of its signature and the chain of its endorsements."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from lastro.kernel.documents import Cpf
from lastro.origination.contracts.drawing.grids import facts, gap, heading
from lastro.origination.contracts.drawing.sheet import Sheet, draw
from lastro.origination.contracts.drawing.styles import BODY, HASH, NOTE, STRONG, SUBTITLE, TITLE, text
from lastro.origination.contracts.model import AppendixHead, EndorsementLine, Signature
from lastro.origination.contracts.wording.typography import brl, local_moment, spelt_out

NAME = "ANEXO DA CÉDULA DE CRÉDITO BANCÁRIO"


def draw_appendix(document: AppendixHead, signature: Signature, endorsements: Sequence[EndorsementLine] = ()) -> bytes:
    """The pages to append; the same values give the same bytes. Raises ``UndrawableText``."""

    def write() -> list[Flowable]:
        story = _signature_record(document, signature)
        return story + _endorsements(document, endorsements) if endorsements else story

    sheet = Sheet(document.creditor, NAME, document.number, document.checksum, "Anexo, página", "SHA-256 da cédula")
    return draw(sheet, write)


def _signature_record(document: AppendixHead, signature: Signature) -> list[Flowable]:
    kind = "CPF" if isinstance(signature.document, Cpf) else "CNPJ"
    return [
        text("REGISTRO DE ASSINATURA ELETRÔNICA", TITLE),
        gap(2),
        text(f"Cédula de Crédito Bancário nº {document.number}", SUBTITLE),
        *heading("DOCUMENTO ASSINADO"),
        *facts(
            [
                [("CÓDIGO DE VERIFICAÇÃO: SHA-256 DOS BYTES DA CÉDULA", document.checksum, HASH)],
                [
                    ("TAMANHO DA CÉDULA", f"{document.size} bytes"),
                    ("CÓDIGOS ACEITOS PELO SIGNATÁRIO", str(len(signature.checksums))),
                ],
                *[[("CÓDIGO ACEITO", checksum, HASH)] for checksum in signature.checksums],
            ]
        ),
        *heading("SIGNATÁRIO"),
        *facts(
            [
                [("NOME", signature.signer, STRONG), (kind, signature.document.formatted)],
                [("CREDENCIAL DO PARCEIRO QUE ENVIOU O ACEITE", signature.sent_by)],
            ]
        ),
        *heading("EVIDÊNCIAS DO ACEITE"),
        *facts(
            [
                [
                    ("MOMENTO INFORMADO PELO DISPOSITIVO", local_moment(signature.occurred_at)),
                    ("MOMENTO DO RECEBIMENTO", local_moment(signature.received_at)),
                ],
                [
                    ("ENDEREÇO IP", spelt_out(signature.ip)),
                    ("LATITUDE", str(signature.latitude)),
                    ("LONGITUDE", str(signature.longitude)),
                    ("ENDEREÇO MAC", signature.mac),
                ],
                [("NAVEGADOR OU APLICATIVO", spelt_out(signature.user_agent))],
            ]
        ),
        gap(6),
        text(
            "O signatário, identificado acima, aceitou eletronicamente a cédula ao devolver o código de verificação de"
            " seu arquivo. O aceite vale como assinatura na forma do art. 29, § 5º, da Lei nº 10.931/2004 e do art. 10,"
            " § 2º, da Medida Provisória nº 2.200-2/2001.",
            BODY,
        ),
        gap(4),
        text(
            f"Como conferir: os primeiros {document.size} bytes deste arquivo são, sem mudança alguma, a cédula aceita;"
            " o SHA-256 deles é o código acima. Este anexo foi acrescentado depois deles, e o conjunto leva assinatura"
            f" digital PAdES da credora{_with_timestamp(document)}.",
            NOTE,
        ),
    ]


def _with_timestamp(document: AppendixHead) -> str:
    return ", com o carimbo do tempo de uma autoridade (RFC 3161)" if document.timestamped else ""


def _endorsements(document: AppendixHead, endorsements: Sequence[EndorsementLine]) -> list[Flowable]:
    story: list[Flowable] = [
        gap(14),
        text("FOLHA DE ENDOSSOS", TITLE),
        gap(2),
        text("Endosso em preto, Lei nº 10.931/2004, art. 29, § 1º", SUBTITLE),
    ]
    for line in endorsements:
        story += [
            *heading(f"ENDOSSO Nº {line.position}"),
            *facts(
                [
                    [("ENDOSSANTE", line.endorser, STRONG), ("CNPJ", line.endorser_cnpj.formatted)],
                    [("ENDOSSATÁRIO", line.endorsee, STRONG), ("CNPJ", line.endorsee_cnpj.formatted)],
                    [
                        ("DATA", local_moment(line.endorsed_at)),
                        ("VALOR DA CESSÃO", brl(line.value)),
                        ("COOBRIGAÇÃO", "Sim: o endossante responde pelo pagamento" if line.recourse else "Não"),
                    ],
                    [("SHA-256 DA EVIDÊNCIA", line.evidence_hash, HASH)],
                ]
            ),
            gap(3),
            text(
                f"Pague-se a {line.endorsee}, CNPJ {line.endorsee_cnpj.formatted}, ou à sua ordem, a quem se transferem"
                f" todos os direitos da cédula nº {document.number}.",
                BODY,
            ),
        ]
    return story
