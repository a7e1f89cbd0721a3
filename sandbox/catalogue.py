"""A made-up table of about two thousand vehicle models, of brands that nobody builds.

``python -m sandbox.catalogue > modelos.csv`` writes what ``load_catalogue`` reads. It is always the same table; codes,
years and prices are invented and stand for no vehicle of the world.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from functools import cache

COLUMNS = (
    *("molicar_code", "fipe_code", "brand", "name", "version", "year_start", "year_end"),
    *("fuel", "vehicle_type", "price", "price_month"),
)
BRANDS = {
    "Aurora": ("Brisa", "Lagoa", "Serra", "Vento", "Orla"),
    "Cometa": ("C20", "C30", "C40", "Cauda", "Órbita"),
    "Ipê": ("Amarelo", "Roxo", "Branco", "Rosa", "Cascudo"),
    "Jangada": ("Vela", "Mastro", "Proa", "Maré", "Recife"),
    "Mandacaru": ("Flor", "Espinho", "Sertão", "Caatinga", "Xique"),
    "Tucano": ("T1", "T2", "Bico", "Asa", "Voo"),
    "Uirapuru": ("Canto", "Ninho", "Pena", "2008", "3010"),
    "Vitória-régia": ("Folha", "Igarapé", "Rio", "Cheia", "Vazante"),
}
TRIMS = ("Essencial", "Conforto", "Estilo", "Aventura", "Esporte", "Prêmio", "Família", "Trabalho", "Cidade", "Campo")
ENGINES = (
    ("1.0 12V", "flex"),
    ("1.0 Turbo", "flex"),
    ("1.6 16V", "flex"),
    ("2.0 16V", "gasolina"),
    ("2.8 Turbo", "diesel"),
)
PRICE_MONTH = "2024-01"
"""Whenever the table is loaded, a month that was: one to come is refused."""


@cache
def make_catalogue() -> str:
    """The table as CSV: 8 brands of 5 models, each with 50 versions."""
    draw = random.Random(2026)
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(COLUMNS)
    number = 0
    for brand, names in BRANDS.items():
        for name in names:
            for trim in TRIMS:
                for engine, fuel in ENGINES:
                    number += 1
                    start = draw.randint(2008, 2024)
                    end = min(2027, start + draw.randint(1, 8))
                    reais = draw.randrange(38_000, 320_000, 10)
                    price = f"{reais:,}".replace(",", ".") + ",00"
                    molicar, fipe = f"{number:08d}-{number % 10}", f"{900_000 + number}-{number % 10}"
                    version = f"{trim} {engine} 5p"
                    table.writerow((molicar, fipe, brand, name, version, start, end, fuel, "carro", price, PRICE_MONTH))
    return written.getvalue()


if __name__ == "__main__":
    sys.stdout.write(make_catalogue())
