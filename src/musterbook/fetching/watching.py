"""One thread decides and writes, a few others fetch, one at a host; nothing is settled before it is written.

The clocks, the wish to stop and chance are arguments. Between two turns all there is to know stands in the notebook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from random import Random

from musterbook.fetching.arrivals import Parse, of_entry, of_failure, of_page
from musterbook.fetching.feedlist import PAGE, FeedList, Source
from musterbook.fetching.heartbeat import Heartbeat
from musterbook.fetching.manners import DAY, TRIES, back_off
from musterbook.fetching.notebook import Host, Notebook, Standing, Waiting, host_of
from musterbook.fetching.parcels import Parcel, Sum, in_all
from musterbook.fetching.polling import (
    failed,
    host_asked,
    passed_on,
    polled,
    read_feed,
    without,
)
from musterbook.fetching.troubles import Cause, Trouble
from musterbook.fetching.visits import Errand, Fetched, Validators, Web, visit
from musterbook.intake.kinds import report_of
from musterbook.model import Doubt, Report
from musterbook.pipeline import LOT, Tally

Enter = Callable[[Iterable[Report | Doubt]], Tally]
SHARED = 30 * DAY  # for which a page that one source brought is not fetched for another
CALM = 1.0  # seconds, the longest nap
BLAMELESS = (
    "fetch-stopped",
    "fetch-robots-unknown",
    "fetch-empty",
    "fetch-packing",
)  # no reason to rest the host


@dataclass(frozen=True, slots=True)
class World:
    """What lies outside: the web, sleep, chance, who is told, and who makes reports of bytes."""

    web: Web
    sleep: Callable[[float], object]
    chance: Random = field(default_factory=Random)
    tell: Callable[[str], None] = lambda _: None
    parse: Parse = report_of


@dataclass(frozen=True, slots=True)
class Job:
    """One visit: a source that is due, or an entry that waits."""

    source: Source
    host: str
    errand: Errand
    entry: Waiting | None = None


class Watcher:
    """One run over a list of feeds, into one book."""

    def __init__(
        self,
        feeds: FeedList,
        notebook: Notebook,
        enter: Enter,
        world: World,
        heartbeat: Heartbeat,
        once: bool,
    ) -> None:
        self._feeds, self._notebook, self._enter = feeds, notebook, enter
        self._world, self._web, self._heart, self._once = world, world.web, heartbeat, once
        self._sources = {source.url: source for source in feeds.sources}
        self._flying: dict[Future[Fetched], Job] = {}
        self._parcels: list[Parcel] = []
        self._polled: set[str] = set()
        self.sum = Sum()

    def run(self) -> Sum:
        """Watch until asked to stop; with ``once`` until nothing is left that can be done now."""
        self._notebook.want(self._sources, self._web.now())
        self._standings = self._notebook.standings()
        self._hosts = self._notebook.hosts()
        with ThreadPoolExecutor(self._feeds.connections, "fetch") as pool:
            while not self._web.stopped() and self._turn(pool):
                pass
            for future in list(self._flying):
                self._take(future)
        self._unpack()
        self._beat(None, last=True)
        return self.sum

    def _turn(self, pool: ThreadPoolExecutor) -> bool:
        """Start what is due, take what has come, rest a little; False where nothing is left for this run."""
        now = self._web.now()
        started = self._start(pool, now)
        self._read_from_feeds(now)
        if len(self._parcels) >= LOT or not started:
            self._unpack()
        wake = self._wake(now)
        self._beat(wake)
        if self._flying:
            done, _ = wait(self._flying, timeout=CALM, return_when=FIRST_COMPLETED)
            for future in done:
                self._take(future)
            return True
        if wake is None and self._once:
            return False
        self._world.sleep(max(0.01, min(CALM, (wake or now + CALM) - now)))
        return True

    def _start(self, pool: ThreadPoolExecutor, now: float) -> int:
        """Visits to hosts that are free, and from which nothing waits to be written; how many."""
        taken = {job.host for job in self._flying.values()} | {one.host for one in self._parcels}
        room = self._feeds.connections - len(self._flying)
        begun = 0
        for job in self._due(now):
            if begun >= room:
                break
            if job.host not in taken and self._free(job.host) <= now:
                taken.add(job.host)
                self._flying[pool.submit(visit, self._informed(job), self._web)] = job
                begun += 1
        return begun

    def _due(self, now: float) -> Iterator[Job]:
        """The sources that are due, then the entries that wait."""
        busy = {job.source.url for job in self._flying.values() if job.entry is None}
        for source, standing in self._pairs():
            if self._due_at(source, standing) <= now and source.url not in busy | self._polled:
                url = standing.at or source.url
                errand = Errand(url, standing.known, hops=standing.hops, long=source.kind != PAGE)
                yield Job(source, host_of(url), errand)
        for entry in self._notebook.first_waiting(now):
            errand = Errand(entry.at or entry.url, Validators(), hops=entry.hops)
            yield Job(self._sources[entry.source], entry.host, errand, entry)

    def _pairs(self) -> list[tuple[Source, Standing]]:
        return [(source, self._standings[url]) for url, source in self._sources.items()]

    def _due_at(self, source: Source, standing: Standing) -> float:
        """As often as the list says now; and a run by the clock of a machine may come a little early."""
        due = standing.due if standing.failures else min(standing.due, standing.polled + source.every)
        return due - (source.every / 10 if self._once else 0)

    def _free(self, host: str) -> float:
        return self._hosts[host].free if host in self._hosts else 0.0

    def _informed(self, job: Job) -> Errand:
        return replace(job.errand, rules=self._notebook.rules(job.host))

    def _wake(self, now: float) -> float | None:
        """When there is something to do next; None for never in this run."""
        due = [
            (host_asked(standing), self._due_at(source, standing))
            for source, standing in self._pairs()
            if source.url not in self._polled
        ]
        moments = [
            max(when, self._free(host))
            for host, when in (*due, *self._notebook.next_due())
            if not self._once or (when <= now and not self._rests(host, now))
        ]
        return min(moments, default=None)

    def _rests(self, host: str, now: float) -> bool:
        """Whether a host is left alone because it failed, which a single run does not wait for."""
        known = self._hosts.get(host)
        return known is not None and known.failures > 0 and known.free > now

    def _take(self, future: Future[Fetched]) -> None:
        """What one visit brought."""
        job, got = self._flying.pop(future), future.result()
        if got.trouble and got.trouble.code == "fetch-stopped":
            return
        self._mind_host(job.host, got)
        if job.entry is None:
            self._take_source(job, got)
        else:
            self._take_page(job.source, job.entry, got)

    def _mind_host(self, name: str, got: Fetched) -> None:
        """When the host may be visited again."""
        now, trouble = self._web.now(), got.trouble
        failures, wait = 0, max(self._feeds.pause, got.pause)
        if trouble and trouble.may_pass and trouble.code not in BLAMELESS:
            failures = self._hosts[name].failures + 1 if name in self._hosts else 1
            wait = max(wait, trouble.wait, back_off(failures, self._world.chance))
        self._hosts[name] = Host(name, now + wait, failures)
        self._notebook.note_host(self._hosts[name], got.learned)

    def _take_source(self, job: Job, got: Fetched) -> None:
        """A feed or a page was asked for."""
        source, standing, now = job.source, self._standings[job.source.url], self._web.now()
        if got.moved_to:
            self._note(passed_on(standing, got))
            return
        if self._once:
            self._polled.add(source.url)
        self.sum.polled += 1
        if got.trouble:
            self._fail(source, standing, got.trouble)
        elif got.unchanged:
            self.sum.unchanged += 1
            self._note(polled(standing, source, got, now, standing.cause))
            self._world.tell(f"{source.url}: unchanged")
        elif source.kind == PAGE:
            self._take_watched_page(source, standing, got)
        else:
            self._take_feed(source, standing, got)

    def _take_watched_page(self, source: Source, standing: Standing, got: Fetched) -> None:
        fresh = polled(standing, source, got, self._web.now())
        if fresh.state == standing.state:
            self.sum.unchanged += 1
            self._note(fresh)
            self._world.tell(f"{source.url}: unchanged")
            return
        self._standings[source.url] = fresh
        self._parcels.append(Parcel(of_page(got, source, self._moment(), self._world.parse), standing=fresh))
        self._world.tell(f"{source.url}: changed")

    def _take_feed(self, source: Source, standing: Standing, got: Fetched) -> None:
        now = self._web.now()
        listed = read_feed(got, source, self._notebook.states(source.url), self._web)
        if listed.failed and listed.cause:
            self._fail(source, standing, listed.cause)
            return
        pages = [one.url for one in listed.fresh if one.host]
        listed = without(listed, self._notebook.entered_elsewhere(source.url, pages, now - SHARED))
        fresh = polled(standing, source, got, now, listed.cause)
        self._notebook.list_entries(fresh, listed.fresh, listed.left, listed.keys)
        self._standings[source.url] = fresh
        self._world.tell(f"{source.url}: {len(listed.keys):,} entries, {len(listed.fresh):,} new")

    def _fail(self, source: Source, standing: Standing, trouble: Trouble | Cause) -> None:
        """A source could not be had: that is how it stands, no doubt in the book."""
        self.sum.failed += 1
        cause = trouble.cause if isinstance(trouble, Trouble) else trouble
        self._note(failed(standing, source, trouble, self._web.now(), self._world.chance))
        self._world.tell(f"{cause.message(source.url)} [{cause.code}]")

    def _take_page(self, source: Source, entry: Waiting, got: Fetched) -> None:
        """A page that a feed lists was asked for."""
        trouble = got.trouble
        if got.moved_to:
            self._notebook.pass_on(entry, got.moved_to, got.hops)
        elif trouble and trouble.may_pass and entry.tries + 1 < TRIES:
            wait = max(trouble.wait, back_off(entry.tries + 1, self._world.chance))
            self._notebook.put_off(entry, self._web.now() + wait)
        elif trouble:
            self.sum.lost += 1
            self._world.tell(f"{trouble.cause.message(entry.url)} [{trouble.code}]")
            self._parcels.append(Parcel(of_failure(entry, trouble.cause, source, self._moment()), entry))
        else:
            self.sum.pages += 1
            self._parcels.append(
                Parcel(of_page(got, source, self._moment(), self._world.parse, entry), entry)
            )

    def _read_from_feeds(self, now: float) -> None:
        """Entries whose feed holds all that is read of them."""
        while not self._web.stopped() and (held := self._notebook.held_by_feeds(LOT)):
            for one in held:
                self._parcels.append(Parcel(of_entry(one, self._sources[one.source], self._moment()), one))
            self._unpack()
            self._beat(now)

    def _unpack(self) -> None:
        """Everything into the book, and only then into the notebook."""
        parcels, self._parcels = self._parcels, []
        if not parcels:
            return
        tally = self._enter(one for parcel in parcels for one in parcel.arrivals)
        self.sum.tally = in_all(self.sum.tally, tally)
        now = self._web.now()
        self._notebook.settle([(one.entry, one.outcome) for one in parcels if one.entry], now)
        for parcel in parcels:
            if parcel.standing:
                self._note(parcel.standing)

    def _note(self, standing: Standing) -> None:
        self._standings[standing.url] = standing
        self._notebook.note(standing)

    def _moment(self) -> datetime:
        return datetime.fromtimestamp(self._web.now(), UTC)

    def _beat(self, wake: float | None, last: bool = False) -> None:
        now = self._web.now()
        if not last and not self._heart.is_due(now):
            return
        standings = [standing for _, standing in self._pairs()]
        told = {
            "sources": len(standings),
            "due": sum(standing.due <= now for standing in standings),
            "failing": sum(standing.failures > 0 for standing in standings),
            "visits": len(self._flying),
            "waiting": self._notebook.waiting(),
        }
        self._heart.beat(now, told, wake)
