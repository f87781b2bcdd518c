"""The order of things: five stages on one shape. Knows no Prefect.

    feeds ──poll──▶ jobs ──extract──▶ news.article.v1 ──track──▶ news.match.v1 ──ring──▶ jobs ──deliver──▶ channels
                                                                                   └────▶ news.alert.v1

What touches the network takes *jobs* (due at a time, tried again, one lane a host or channel).
What only decides reads a *stream* (in order, one lane a partition), and jobs that were sent back to it.
"""
