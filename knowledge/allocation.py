"""The source's key, made executable: what each managing municipality's share would come to.

Called by the verdict card and the generated documents. The source gives the key («ift.
innvandrerbefolkningen») and not the sums, so every share is our estimate and is to be called so.
"""

from knowledge.scheme import Scheme


def indicative_shares(scheme: Scheme) -> dict[str, int]:
    """Split the municipalities' amount by resident immigrants, by largest remainder.

    Returns:
        Municipality number to kroner; the shares sum exactly to the amount. Equal remainders go
        to the municipality that stands first in the file.

    Source:
        slides-2019, "IMDi og 20 kommuner forvalter støtte", third point; immigrants on 1 January
        2019.
    """
    allocation = scheme.file.allocation
    amount = scheme.facts[allocation.amount].value
    total = sum(place.immigrants for place in allocation.municipalities)
    shares, remainders = {}, {}
    for place in allocation.municipalities:
        shares[place.number], remainders[place.number] = divmod(amount * place.immigrants, total)
    left = amount - sum(shares.values())
    for number in sorted(remainders, key=lambda n: -remainders[n])[:left]:
        shares[number] += 1
    return shares
