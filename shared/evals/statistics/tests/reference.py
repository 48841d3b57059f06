"""Reference values for headgate-statistics, from scipy and statsmodels. Prints JSON."""

import json
from math import comb

import numpy as np
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

COUNTS = [(0, 1), (1, 1), (0, 10), (1, 10), (5, 10), (9, 10), (10, 10), (81, 263), (700, 1000), (3, 100000)]
LEVELS = [0.8, 0.95, 0.99]


def wilson():
    for k, n in COUNTS:
        for level in LEVELS:
            low, high = proportion_confint(k, n, alpha=1 - level, method="wilson")
            yield {"successes": k, "trials": n, "level": level, "lower": low, "upper": high}


def pass_k():
    for c, n, k in [(0, 5, 1), (1, 5, 1), (1, 5, 3), (3, 5, 3), (5, 5, 5), (4, 10, 2), (50, 200, 10), (199, 200, 100)]:
        yield {
            "passed": c, "tries": n, "k": k,
            "at": 1 - comb(n - c, k) / comb(n, k),
            "hat": comb(c, k) / comb(n, k),
        }


def paired():
    for b, c in [(0, 0), (1, 0), (0, 6), (5, 5), (3, 9), (12, 4), (25, 11), (150, 110), (1000, 900)]:
        exact = mcnemar([[7, b], [c, 9]], exact=True).pvalue
        binomial = stats.binomtest(min(b, c), b + c, 0.5).pvalue if b + c else 1.0
        assert abs(exact - binomial) < 1e-12
        yield {"only_baseline": b, "only_candidate": c, "p": float(exact)}


def limits():
    """Agresti and Min's interval for matched proportions; neither library has it."""
    z = stats.norm.ppf(0.975)
    for a, b, c, d in [(1000, 53, 16, 49), (4, 0, 0, 0), (0, 10, 0, 0), (20, 3, 9, 1)]:
        n = a + b + c + d + 2
        centre = (c - b) / n
        half = z * np.sqrt(((b + c + 1) - (c - b) ** 2 / n) / n**2)
        yield {
            "both": a, "only_baseline": b, "only_candidate": c, "neither": d,
            "lower": max(-1.0, centre - half), "upper": min(1.0, centre + half),
        }


def holm():
    for p in [[0.01], [0.01, 0.04, 0.03, 0.005], [0.5, 0.5, 0.5], [0.001, 0.9, 0.02, 0.02, 0.2]]:
        yield {"p": p, "adjusted": multipletests(p, method="holm")[1].tolist()}


def clustered():
    random = np.random.default_rng(11)
    for tasks, repeats in [(2, 3), (5, 4), (11, 15), (40, 5)]:
        rates = random.uniform(0.2, 0.95, tasks)
        values = [random.binomial(1, rate, repeats).astype(float).tolist() for rate in rates]
        if tasks == 5:
            values[0] = values[0][:2]  # one task has fewer observations
        y = np.concatenate(values)
        groups = np.concatenate([[i] * len(v) for i, v in enumerate(values)])
        fit = sm.OLS(y, np.ones(len(y))).fit(
            cov_type="cluster", cov_kwds={"groups": groups, "use_correction": True, "df_correction": True}, use_t=True
        )
        low, high = fit.conf_int(alpha=0.05)[0]
        yield {"tasks": values, "level": 0.95, "mean": float(fit.params[0]), "lower": float(low), "upper": float(high)}


def posterior():
    for k, n in COUNTS + [(0, 0)]:
        for level in [0.8, 0.95]:
            beta = stats.beta(k + 0.5, n - k + 0.5)
            tail = (1 - level) / 2
            yield {
                "successes": k, "trials": n, "level": level, "mean": float(beta.mean()),
                "lower": float(beta.ppf(tail)), "upper": float(beta.ppf(1 - tail)),
            }


def drops():
    for before, after in [((9, 10), (5, 10)), ((95, 100), (80, 100)), ((20, 20), (0, 3)), ((3, 4), (2, 4))]:
        table = [[after[0], after[1] - after[0]], [before[0], before[1] - before[0]]]
        yield {"before": before, "after": after, "p": float(stats.fisher_exact(table, alternative="less").pvalue)}


def kappa():
    for a, b, c, d in [(20, 5, 10, 15), (45, 15, 25, 15), (1, 0, 0, 1), (3, 2, 2, 3)]:
        yield {"both": a, "only_a": b, "only_b": c, "neither": d, "kappa": float(cohens_kappa([[a, b], [c, d]]).kappa)}


def main():
    sections = [wilson, pass_k, paired, limits, holm, clustered, posterior, drops, kappa]
    print(json.dumps({s.__name__: list(s()) for s in sections}, indent=1))


if __name__ == "__main__":
    main()
