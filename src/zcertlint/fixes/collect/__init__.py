"""What to export: one job, or one script, for everything that could not be told.

``plan`` says which listings, ``dialects`` in the words of another security product, ``job`` and ``script`` in
which form. Nothing here changes anything on a system; EXPORT writes a certificate, never a key, into a data set.
"""

from zcertlint.fixes.collect.dialects import Product, translated
from zcertlint.fixes.collect.job import collect_job
from zcertlint.fixes.collect.plan import Collection, general, wanted
from zcertlint.fixes.collect.script import collect_script

__all__ = ["Collection", "Product", "collect_job", "collect_script", "general", "translated", "wanted"]
