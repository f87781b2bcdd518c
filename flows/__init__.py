"""The times: what runs when, under Prefect. The only package that imports it.

monitor  every cycle: one run is one turn of the path, a task a stage        upkeep   daily: what is old goes
replay   by hand: what is in quarantine is tried again                       specs    which of them are deployed, and when
serve    registers and runs the deployments                                  reaper   ends the runs whose process is gone

`server` and `cycles` import no Prefect: the supervisor and the command line read them.
"""
