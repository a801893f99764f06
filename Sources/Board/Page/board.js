"use strict";
// The page as a whole: the document and its changes, the connection, where the run stands, the log, the rooms below
// the steps, and what is on record about a step. One renderer for both uses: a live board, and a report that carries
// its document in itself and asks nobody for anything.

const byId = (id) => document.getElementById(id);
const element = Board.element;
const say = Board.say;

Board.document = null;
Board.isReport = false;

/** Tells a screen reader what matters, and nothing else. */
Board.announce = (text) => say(byId("announcer"), text);

/** State of a run, whichever of its two names the document uses. */
const stateOf = (run) => run?.status ?? run?.state ?? "pending";

const phasesOf = () => Board.list(Board.document?.phases);
const stepsOf = () => phasesOf().flatMap((phase) => Board.list(phase.steps));

// MARK: The document

/** Takes the clock of the server from what it sends. */
const takeClock = (run) => {
    const at = Board.moment(run?.as_of);
    if (at !== null) Board.clockAhead = at - Date.now();
};

/** Takes a whole document and shows it. */
const takeDocument = (given) => {
    const before = Board.document ? stateOf(Board.document.run) : null;
    Board.document = { ...given, run: given.run ?? {}, phases: Board.list(given.phases) };
    if (!Board.isReport) takeClock(given.run);
    renderAll();
    tellState(before);
};

/** Steps of the document that changed, put where they belong; phases that got one, with those steps. */
const mergeSteps = (steps) => {
    const changed = new Map();
    const places = new Map(phasesOf().flatMap((phase) => Board.list(phase.steps).map((step, place) =>
        [step.id, { phase, place }])));
    for (const { phase: phaseID, ...step } of steps) {
        const known = places.get(step.id);
        const phase = known?.phase ?? phasesOf().find((candidate) => candidate.id === phaseID);
        if (!phase) continue;
        if (known) phase.steps[known.place] = { ...phase.steps[known.place], ...step };
        else (phase.steps ??= []).push(step);
        const list = changed.get(phase) ?? { steps: [], isNew: false };
        list.steps.push(known ? phase.steps[known.place] : step);
        list.isNew ||= !known;
        changed.set(phase, list);
    }
    return changed;
};

/** Takes what changed and shows no more than that. */
const takeChange = (change) => {
    if (!Board.document) return;
    const before = stateOf(Board.document.run);
    const whole = Board.document;
    if (change.run) {
        Object.assign(whole.run, change.run);
        takeClock(change.run);
    }
    for (const given of Board.list(change.phases)) {
        const phase = whole.phases.find((candidate) => candidate.id === given.id);
        if (phase) Object.assign(phase, { ...given, steps: phase.steps });
    }
    const changed = mergeSteps(Board.list(change.steps));
    for (const part of ["readiness", "approvals", "deviations", "costs", "unreadable"]) {
        if (change[part] !== undefined) whole[part] = change[part];
    }
    showChange(change, changed);
    tellState(before);
    if (change.unreadable) Board.announce(Board.phrase("unreadable"));
};

const showChange = (change, changed) => {
    const phases = phasesOf();
    if ([...changed.values()].some((list) => list.isNew)) Board.columns.show(phases);
    const lists = new Map([...changed].map(([phase, list]) => [phase, list.steps]));
    for (const given of Board.list(change.phases)) {
        const phase = phases.find((candidate) => candidate.id === given.id);
        if (phase && !lists.has(phase)) lists.set(phase, []);
    }
    if (lists.size > 0) Board.columns.change(new Map([...lists].map(([phase, steps]) => [phase, steps])));
    if (change.shifts) {
        for (const shift of Board.list(change.shifts)) mergeShift(shift);
        Board.shiftsView.show(Board.list(Board.document.shifts));
    }
    if (change.log) addLines(Board.list(change.log));
    showOverview();
    const isTouched = ["readiness", "approvals", "deviations", "costs"].some((part) => change[part] !== undefined);
    if (isTouched || change.run) showRooms();
    tick();
    refreshDrawer(new Set(Board.list(change.steps).map((step) => step.id)));
};

const mergeShift = (shift) => {
    const shifts = Board.document.shifts = Board.list(Board.document.shifts);
    const place = shifts.findIndex((known) => known.step === shift.step && known.name === shift.name);
    if (place < 0) shifts.push(shift);
    else shifts[place] = { ...shifts[place], ...shift };
};

/** Says aloud that the run is in another state, or that a step needs somebody. */
const tellState = (before) => {
    const state = stateOf(Board.document.run);
    const isTold = before !== null && before !== state;
    if (isTold) Board.announce(`${Board.stateWord(state)}. ${Board.said(Board.document.run, "status_text")}`);
};

// MARK: The connection

// `patience` is how long a live server may say nothing, milliseconds: it gives a sign of life each ten seconds.
const connection = { source: null, isLive: false, lostAt: null, isGone: false, tries: 0, timer: null, since: 0,
    heardAt: 0, patience: 35000 };

const connect = () => {
    clearTimeout(connection.timer);
    connection.source?.close();
    connection.since = Date.now();
    const source = connection.source = new EventSource("api/events");
    const listen = (name, act) => source.addEventListener(name, (event) => {
        if (source !== connection.source) return;
        connection.heardAt = Date.now();
        const parsed = parse(event.data);
        if (parsed !== null) act(parsed);
    });
    listen("board", (whole) => {
        const wasLost = connection.lostAt !== null;
        Object.assign(connection, { isLive: true, lostAt: null, isGone: false, tries: 0 });
        takeDocument(whole);
        if (wasLost) Board.announce(Board.phrase("back"));
    });
    listen("change", takeChange);
    listen("beat", () => {});
    source.addEventListener("gone", () => lose(true));
    // Why not the browser's own way of trying again: it gives up for good when a server says no once.
    source.addEventListener("error", () => { if (source === connection.source) lose(connection.isGone); });
};

/** A server that is stopped, or whose machine sleeps, keeps its connections and says nothing. */
const listenForLife = () => {
    if (connection.isLive && Date.now() - connection.heardAt > connection.patience) lose(false);
};

/** Marks the picture as old and tries again, at first soon and then every five seconds. */
const lose = (isGone) => {
    const isNew = connection.lostAt === null && Board.document !== null;
    connection.source?.close();
    connection.source = null;
    Object.assign(connection, { isLive: false, isGone, lostAt: connection.lostAt ?? Board.now() });
    connection.tries += 1;
    clearTimeout(connection.timer);
    connection.timer = setTimeout(connect, Math.min(5000, 500 * 2 ** (connection.tries - 1)));
    showConnection();
    if (isNew) Board.announce(Board.phrase("lost"));
};

const parse = (text) => {
    try {
        return JSON.parse(text);
    } catch (error) {
        showFault(error.message);
        return null;
    }
};

const showFault = (message) => {
    Board.prose(byId("newer"), Board.phrase("noDocument", message));
    Board.show(byId("newer"), true);
};

const showConnection = () => {
    const place = byId("connection");
    const old = byId("old");
    const run = Board.document?.run;
    if (Board.isReport) {
        say(place, `${Board.phrase("report")}, ${Board.phrase("asOf", Board.clock(run?.as_of, null))}`);
        Board.show(old, false);
        return;
    }
    const { lostAt, isGone } = connection;
    const unreadable = connection.isLive ? Board.document?.unreadable : null;
    const isLive = connection.isLive && !unreadable;
    const word = isLive ? "live" : unreadable ? "unreadable" : lostAt === null ? "connecting" : "lost";
    say(place, `${isLive ? "●" : "○"} ${Board.phrase(word)}`);
    Board.tone(place, isLive ? "good" : word === "connecting" ? "faint" : "bad");
    const isOld = !isLive && Board.document !== null;
    document.body.classList.toggle("is-old", isOld);
    if (Board.heading) document.title = isOld ? `○ ${Board.phrase(word)} · ${Board.heading}` : Board.heading;
    const isSlow = !isLive && Board.document === null && Date.now() - connection.since > 5000;
    const isShown = isSlow || (isOld && word !== "connecting");
    Board.show(old, isShown);
    if (!isShown) return;
    const since = unreadable ? Board.moment(unreadable.since) ?? Board.now() : lostAt;
    Board.prose(old, Board.document === null ? Board.phrase("noAnswer")
        : Board.phrase(unreadable ? "unreadableSince" : isGone ? "gone" : "lostSince", Board.clock(since),
            Board.seconds(Board.now() - since), Board.text(unreadable?.reason)));
};

// MARK: Where it stands

const showHeader = () => {
    const { run } = Board.document;
    const [name, environment] = [Board.text(run.runbook, "migrate"), Board.text(run.environment)];
    say(byId("runbook"), name);
    say(byId("environment"), environment);
    Board.show(byId("environment"), environment !== "");
    say(byId("run"), run.run > 0 ? Board.phrase("run", run.run) : "");
    say(byId("title"), Board.text(run.title));
    const mark = Board.mark(stateOf(run));
    document.title = Board.heading = [`${mark.sign} ${Board.stateWord(stateOf(run))}`, name, environment].filter(Boolean).join(" · ");
    showIcon(mark);
    Board.show(byId("scaled"), Number.isFinite(run.time_scale) && run.time_scale !== 1);
    say(byId("scaled"), Board.phrase("scaled", run.time_scale));
    const isNewer = Number.isFinite(Board.document.schema) && Board.document.schema > 1;
    Board.show(byId("newer"), isNewer);
    if (isNewer) say(byId("newer"), Board.phrase("newer"));
};

/** The state as the icon of the tab, so that it can be seen from another one. */
const showIcon = (mark) => {
    const fills = { good: "#1a7f37", bad: "#c5221f", warn: "#9a6700", busy: "#0b62c4" };
    const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" `
        + `fill="${fills[mark.tone] ?? "#5a6270"}"/><text x="8" y="12" font-size="11" font-weight="bold" fill="#fff" `
        + `text-anchor="middle" font-family="sans-serif">${mark.sign}</text></svg>`;
    const address = `data:image/svg+xml,${encodeURIComponent(picture)}`;
    const icon = document.querySelector('link[rel="icon"]');
    if (icon && icon.getAttribute("href") !== address) icon.setAttribute("href", address);
};

/** A list of names and values that is made once and then changed in place. */
const fact = (list, key, name, value, tone = "") => {
    let row = list.querySelector(`[data-key="${key}"]`);
    if (!row) {
        row = element("div", { "data-key": key }, element("dt"), element("dd"));
        list.append(row);
    }
    Board.show(row, value !== "");
    say(row.firstChild, name);
    if (String(value).includes("`")) Board.prose(row.lastChild, value);
    else {
        delete row.lastChild.dataset.prose;
        say(row.lastChild, value);
    }
    Board.tone(row, tone);
};

const buildOverview = () => {
    byId("state").replaceChildren(
        element("p", { class: "headline" }, element("span", { class: "badge", "aria-hidden": "true" }), element("strong")),
        element("p", { class: "sentence" }), element("dl", { class: "facts" }));
    byId("waits").replaceChildren(element("h3"), element("p", { class: "clock" }), element("p", { class: "what" }),
        element("p", { class: "dim also" }), element("span", { class: "meter of-wait", "aria-hidden": "true" }, element("i")));
    byId("next").replaceChildren(element("h3", { text: Board.phrase("next") }), element("p", { class: "commands" }),
        element("p", { class: "asked" }));
};

const showOverview = () => {
    showHeader();
    const { run } = Board.document;
    const state = stateOf(run);
    const mark = Board.mark(state);
    Board.tone(byId("overview"), mark.tone);
    const [headline, sentence] = byId("state").children;
    say(headline.firstChild, mark.sign);
    say(headline.lastChild, Board.stateWord(state));
    const told = Board.said(run, "status_text");
    Board.prose(sentence, told.replaceAll("_", " ") === Board.stateWord(state) ? "" : told);
    showFacts();
    Board.prose(byId("next").children[1], Board.said(run, "next", "–"), { copies: true });
    showAsked();
    showTrouble();
    tickOverview();
};

const showFacts = () => {
    const { run } = Board.document;
    const list = byId("state").querySelector("dl");
    const current = Board.currentPhase(phasesOf());
    const steps = stepsOf();
    fact(list, "phase", Board.phrase("phase"), current && steps.length > 0
        ? `${Board.text(current.title, current.id)} (${current.id})` : "");
    fact(list, "elapsed", Board.phrase("elapsed"), current ? Board.phaseTime(current) : "");
    fact(list, "done", Board.phrase("done"), steps.length > 0
        ? Board.phrase("countOf", steps.filter(Board.isDone).length, steps.length) : "");
    const why = Board.text(run.pause);
    fact(list, "pause", Board.phrase("pauseWhy"), why === "" ? "" : Board.word("p_", why));
    // Why none before the first run: what is shown then is the plan, as of now.
    const begun = run.run === 0 ? null : Board.moment(run.started_at);
    fact(list, "begun", Board.phrase("begun"), begun === null ? "" : [Board.clock(begun),
        run.initiator ? Board.phrase("by", Board.text(run.initiator)) : ""].filter(Boolean).join(" "));
    const { holder } = run;
    fact(list, "holder", Board.phrase("holder"), typeof holder === "object" && holder !== null
        ? `${Board.text(holder.user)}@${Board.text(holder.host)}, \`${Board.text(holder.operation)}\``
        : Board.text(holder, Board.phrase("nobody")));
};

/** What somebody is asked to say yes to, beside the command. */
const showAsked = () => {
    const place = byId("next").lastChild;
    const asked = stepsOf().filter((step) => step.state === "waiting_approval" && step.approval)
        .map((step) => Board.list(Board.document.approvals).find((approval) => approval.name === step.approval))
        .filter(Boolean);
    Board.show(place, asked.length > 0);
    const words = asked.map((approval) => Board.phrase("approvalOf", approval.name, Board.list(approval.given).length,
        approval.needed ?? 1)).join("; ");
    if (words !== "") Board.prose(place, words);
};

/** Steps that somebody has to look at, each with what is wrong; history once all is undone. */
const showTrouble = () => {
    const isOver = stateOf(Board.document.run) === "rolled_back";
    const troubled = isOver ? [] : stepsOf().filter((step) => step.problem || Board.mark(step.state).group === "Trouble");
    Board.show(byId("trouble"), troubled.length > 0);
    const list = byId("trouble-list");
    const shown = troubled.slice(0, 4);
    const key = JSON.stringify([Board.language, troubled.length,
        shown.map((step) => [step.id, step.state, step.problem, step.attempts, step.title])]);
    // Why compared: the buttons in it may have the focus.
    if (list.dataset.key === key) return;
    list.dataset.key = key;
    list.replaceChildren(...shown.map(troubleRow));
    if (troubled.length > shown.length) {
        list.append(element("li", { class: "dim", text: Board.phrase("more", troubled.length - shown.length) }));
    }
};

const troubleRow = (step) => {
    const about = [Board.stateWord(step.state), Board.text(step.kind),
        step.attempts > 1 ? Board.phrase("attempt", step.attempts) : ""].filter(Boolean).join(" · ");
    const open = element("button", { type: "button", class: "link", text: Board.text(step.title, step.id),
        onclick: () => Board.openStep(step.id, open) });
    const row = element("li", { "data-tone": Board.mark(step.state).tone }, Board.signOf(step.state),
        element("div", {}, open, " ", element("code", { text: step.id }), " ", element("span", { class: "dim", text: about })));
    row.lastChild.append(problemOf(step.problem));
    return row;
};

/** What went wrong and what helps. */
const problemOf = (problem) => {
    const place = element("div", { class: "problem" });
    if (!problem) return place;
    const [message, hint] = typeof problem === "object" ? [problem.message, problem.hint] : [problem, null];
    const words = element("p");
    Board.prose(words, Board.text(message));
    place.append(words);
    if (hint) {
        const help = element("p", { class: "hint" });
        Board.prose(help, Board.text(hint), { copies: true });
        help.prepend(element("b", { text: `${Board.phrase("hint")}: ` }));
        place.append(help);
    }
    return place;
};

/** What changes by the second: countdowns, time taken, age of a picture that is no longer live. */
const tickOverview = () => {
    const now = Board.now();
    const waiting = stepsOf().filter((step) => Board.isUnderWay(step) && Board.moment(step.waits_until) !== null)
        .sort((a, b) => Board.moment(a.waits_until) - Board.moment(b.waits_until));
    const busy = stepsOf().filter((step) => Board.isUnderWay(step));
    const step = waiting[0] ?? busy.find((one) => one.state === "waiting_approval") ?? busy[0];
    const [head, clock, what, also, bar] = byId("waits").children;
    // Why gone then: an empty box takes the eye from what there is to do.
    Board.show(byId("waits"), Boolean(step));
    byId("overview").classList.toggle("at-rest", !step);
    if (!step) return;
    say(head, Board.phrase(waiting.length > 0 || step.state === "waiting_approval" ? "waitsFor" : "atWork"));
    Board.show(bar, waiting.length > 0);
    const until = Board.moment(step.waits_until);
    say(clock, until === null ? Board.seconds(Board.taken(step) ?? 0) : Board.countdown(until - now));
    say(what, `${Board.mark(step.state).sign} ${Board.text(step.title, step.id)}`);
    const others = (waiting.length > 0 ? waiting.length : busy.length) - 1;
    say(also, [Board.stateWord(step.state), until === null ? "" : Board.phrase("until", Board.clock(until)),
        others > 0 ? Board.phrase("more", others) : ""].filter(Boolean).join(" · "));
    if (until === null) return;
    const start = Board.moment(step.started_at) ?? now;
    bar.firstChild.style.width = `${Math.min(100, Math.max(0, (until - now) / Math.max(1, until - start) * 100))}%`;
};

const tick = () => {
    listenForLife();
    showConnection();
    if (!Board.document || document.hidden) return;
    tickOverview();
    showFacts();
    Board.columns.tick();
    Board.shiftsView.tick();
    tickRooms();
};

// MARK: The log

const logLimit = 300;
const log = { numbers: new Set(), isFollowed: true, fresh: 0 };
const toneSigns = { good: "✓", bad: "✗", warn: "!", wait: "…", plain: "·" };

const lineOf = (line) => {
    const sign = Object.hasOwn(toneSigns, line.tone) ? toneSigns[line.tone] : "·";
    const row = element("li", { "data-tone": Object.hasOwn(toneSigns, line.tone) ? line.tone : "plain" },
        element("time", { text: Board.clock(line.at), datetime: Board.text(line.at) }),
        element("span", { class: "sign", "aria-hidden": "true", text: sign }));
    const text = Board.said(line, "text");
    const words = element("span", { class: "words" });
    Board.prose(words, text);
    if (line.step && !text.includes(line.step)) words.prepend(element("b", { text: `${line.step} ` }));
    row.append(words);
    return row;
};

/** Adds lines that are not there yet, the newest last. */
const addLines = (lines) => {
    const place = byId("lines");
    const fresh = lines.filter((line) => line.number === undefined || !log.numbers.has(line.number));
    for (const line of fresh) log.numbers.add(line.number);
    const shown = Board.isReport ? fresh : fresh.slice(-logLimit);
    const atBottom = log.isFollowed;
    place.append(...shown.map((line) => {
        const row = lineOf(line);
        Board.show(row, matchesLog(row));
        return row;
    }));
    if (!Board.isReport) while (place.children.length > logLimit) place.firstChild.remove();
    // Why not at once: asking for a height makes the browser lay out the page in the middle of an update.
    if (atBottom) requestAnimationFrame(() => { place.scrollTop = place.scrollHeight; });
    else log.fresh += shown.length;
    showFollow();
};

const matchesLog = (row) => row.textContent.toLowerCase().includes(Board.columns.filter.text);

const showFollow = () => {
    const button = byId("follow");
    button.setAttribute("aria-pressed", String(log.isFollowed));
    const fresh = log.fresh > 0 ? ` · ${Board.phrase("fresh", log.fresh)}` : "";
    say(button, log.isFollowed ? `▾ ${Board.phrase("following")}` : `‖ ${Board.phrase("follow")}${fresh}`);
    Board.show(button, !Board.isReport);
};

const follow = (isFollowed) => {
    log.isFollowed = isFollowed;
    if (isFollowed) {
        log.fresh = 0;
        byId("lines").scrollTop = byId("lines").scrollHeight;
    }
    showFollow();
};

const startLog = () => {
    const place = byId("lines");
    byId("follow").addEventListener("click", () => follow(!log.isFollowed));
    // Why only what a person does: new lines scroll too, and must not stop the following.
    const look = () => requestAnimationFrame(() => {
        const isAtEnd = place.scrollHeight - place.scrollTop - place.clientHeight < 24;
        if (isAtEnd !== log.isFollowed) follow(isAtEnd);
    });
    for (const name of ["wheel", "touchmove", "keyup"]) place.addEventListener(name, look, { passive: true });
};

// MARK: Rooms below the steps

const roomOf = (id) => byId(id).lastElementChild;

/** Fills a room only when what it shows has changed, so that focus and open parts stay. */
const fill = (id, about, make) => {
    const room = roomOf(id);
    const key = JSON.stringify([Board.language, Board.zone, about]);
    if (room.dataset.key === key) return;
    room.dataset.key = key;
    room.replaceChildren(...make());
};

const row = (...cells) => element("tr", {}, ...cells);
const cell = (text, about = {}) => element("td", { ...about, text });

const showRooms = () => {
    const { readiness, approvals, deviations, costs, run } = Board.document;
    fill("readiness", [readiness], () => readinessNodes(readiness));
    fill("approvals", [approvals], () => approvalNodes(Board.list(approvals)));
    fill("deviations", [deviations, run.kept, run.not_exercised], () => deviationNodes(Board.list(deviations), run));
    Board.show(byId("costs"), Boolean(costs));
    if (costs) fill("costs", [costs], () => costNodes(costs));
    showChain();
    tickRooms();
};

const readinessLooks = { ready: ["✓", "good"], recorded: ["↶", "plain"], blocked: ["✗", "bad"], impossible: ["✗", "bad"], unknown: ["?", "warn"],
    stale: ["?", "warn"], keep: ["■", "plain"], not_needed: ["·", "faint"] };
const readinessWord = (state) => state === "ready" ? Board.phrase("ready") : Board.word("r_", state);
const readinessLook = (state) => Object.hasOwn(readinessLooks, state) ? readinessLooks[state] : ["?", "warn"];

const readinessNodes = (given) => {
    const items = Board.list(given);
    if (items.length === 0) {
        const words = element("p", { class: "dim" });
        Board.prose(words, Board.phrase("nothingToUndo"));
        return [words];
    }
    const states = [...new Set([...Object.keys(readinessLooks), ...items.map((item) => item.state)])];
    const groups = states.map((state) => [state, items.filter((item) => item.state === state)])
        .filter(([, list]) => list.length > 0);
    const counts = element("p", { class: "counts" }, ...groups.map(([state, list]) => element("span", { class: "chip",
        "data-tone": readinessLook(state)[1] }, element("span", { class: "sign", "aria-hidden": "true",
        text: readinessLook(state)[0] }), `${list.length} ${readinessWord(state)}`)));
    const check = element("p", { class: "dim" });
    Board.prose(check, Board.phrase("notProved"), { copies: true });
    Board.show(check, items.some((item) => item.state === "recorded"));
    const order = ["blocked", "impossible", "unknown", "stale"];
    const sorted = groups.toSorted(([a], [b]) => (order.indexOf(a) + 9) % 9 - (order.indexOf(b) + 9) % 9);
    return [counts, check, ...sorted.map(([state, list]) => element("details", { open: readinessLook(state)[1] === "bad"
        || readinessLook(state)[1] === "warn" }, element("summary", { text: `${readinessWord(state)} (${list.length})` }),
    element("ul", { class: "ways" }, ...list.map((item) => wayRow(item)))))];
};

const wayRow = (item) => {
    const [sign, tone] = readinessLook(item.state);
    const words = element("span");
    Board.prose(words, Board.text(item.way));
    const line = element("li", { "data-tone": tone }, element("span", { class: "sign", "aria-hidden": "true", text: sign }),
        element("div", {}, element("code", { text: Board.text(item.step) }), " ", words));
    if (item.reason) {
        const reason = element("p", { class: "dim" });
        Board.prose(reason, Board.text(item.reason));
        line.lastChild.append(reason);
    }
    return line;
};

const approvalNodes = (approvals) => {
    if (approvals.length === 0) return [element("p", { class: "dim", text: Board.phrase("noApprovals") })];
    return approvals.map((approval) => {
        const given = Board.list(approval.given);
        const isWhole = given.length >= (approval.needed ?? 1);
        const card = element("article", { class: "approval", "data-tone": isWhole ? "good" : "warn" },
            element("h3", {}, element("span", { class: "sign", "aria-hidden": "true", text: isWhole ? "✓" : "…" }),
                `${Board.text(approval.name)} `, element("span", { class: "dim",
                    text: Board.phrase("given", given.length, approval.needed ?? 1) })));
        card.append(...given.map((one) => element("p", {}, element("b", { text: Board.text(one.by) }), " ",
            element("time", { class: "dim", text: Board.clock(one.at) }), one.comment ? ` “${Board.text(one.comment)}”` : "")));
        if (given.length === 0) card.append(element("p", { class: "dim", text: Board.phrase("noneGiven") }));
        const end = Board.moment(approval.expires_at);
        if (end !== null && !isWhole) card.append(element("p", { class: "expiry", "data-until": String(end) }));
        if (approval.digest) card.append(element("p", { class: "dim" }, `${Board.phrase("digest")} `,
            element("code", { text: Board.text(approval.digest).slice(0, 16), title: Board.text(approval.digest) })));
        return card;
    });
};

const tickRooms = () => {
    for (const node of document.querySelectorAll(".expiry")) {
        const end = Number(node.dataset.until);
        say(node, `${Board.phrase("expires")} ${Board.clock(end)} (${Board.countdown(end - Board.now())})`);
    }
};

const deviationNodes = (deviations, run) => {
    const nodes = [];
    if (deviations.length === 0) nodes.push(element("p", { class: "dim", text: Board.phrase("noDeviations") }));
    else {
        nodes.push(element("ul", { class: "deviations" }, ...deviations.map((one) => element("li", {},
            one.step ? element("code", { text: Board.text(one.step) }) : null, one.step ? " " : null,
            element("span", { class: "tag", "data-tone": "warn", text: Board.word("d_", Board.text(one.kind)) }), " ",
            element("span", { text: Board.text(one.reason) }), " ",
            element("span", { class: "dim", text: [Board.text(one.by), Board.clock(one.at)].filter(Boolean).join(", ") })))));
    }
    for (const [key, list] of [["kept", run.kept], ["notExercised", run.not_exercised]]) {
        const steps = Board.list(list);
        if (steps.length === 0) continue;
        nodes.push(element("details", {}, element("summary", { text: `${Board.phrase(key)} (${steps.length})` }),
            element("ul", { class: "names" }, ...steps.map((id) => element("li", {}, element("code", { text: String(id) }))))));
    }
    return nodes;
};

const money = (amount, currency) => {
    if (!Number.isFinite(amount)) return "";
    try {
        return new Intl.NumberFormat(Board.language, { style: "currency", currency: currency ?? "USD" }).format(amount);
    } catch {
        // A currency that this browser has no name for.
        return `${amount} ${currency}`;
    }
};

const costNodes = (costs) => {
    const rows = Board.list(costs.items).map((item) => row(element("th", { scope: "row", text: Board.text(item.name) }),
        cell(money(item.monthly ?? item.dollars, costs.currency), { class: "number" }),
        cell(money(item.document, costs.currency), { class: "number" })));
    rows.push(element("tr", { class: "total" }, element("th", { scope: "row", text: Board.phrase("total") }),
        cell(money(costs.total, costs.currency), { class: "number" }),
        cell(money(costs.document, costs.currency), { class: "number" })));
    return [Board.tableOf(["costs", "monthly", "document"], rows)];
};

const showChain = () => {
    const place = byId("chain");
    const { chain, events } = Board.document.run;
    const key = JSON.stringify([Board.language, chain, events]);
    if (place.dataset.key === key) return;
    place.dataset.key = key;
    if (!chain?.head) {
        place.replaceChildren(Number.isFinite(events) ? `${events} ${Board.phrase("events")}` : "");
        return;
    }
    const head = element("code", { class: "hash", text: Board.text(chain.head) });
    place.replaceChildren(`${Board.phrase("chainHead", Board.text(chain.events))} `, head, " ",
        Board.copyButton(Board.text(chain.head)));
};

Board.problemOf = problemOf;
Board.lineOf = lineOf;

// MARK: All of it

const renderAll = () => {
    const { phases, shifts, evidence } = Board.document;
    for (const node of document.querySelectorAll("[data-say]")) say(node, Board.phrase(node.dataset.say));
    if (byId("state").childElementCount === 0) buildOverview();
    Board.columns.show(phases);
    Board.shiftsView.show(Board.list(shifts));
    showOverview();
    showRooms();
    addLines(Board.list(Board.document.log));
    follow(log.isFollowed && !Board.isReport);
    if (Board.isReport) {
        Board.timeline.show(phases);
        Board.recordsView.show(phases, evidence);
    }
    tick();
    refreshDrawer(new Set([Board.drawer.id]));
    document.body.classList.toggle("is-report", Board.isReport);
    Board.show(byId("main"), true);
};

const refreshDrawer = (ids) => Board.drawer.refresh(ids);

/** Another language or zone: everything is said again; what is open stays open. */
const sayAgain = () => {
    document.documentElement.lang = Board.language;
    showSettings();
    for (const node of document.querySelectorAll("[data-say]")) say(node, Board.phrase(node.dataset.say));
    if (!Board.document) return showConnection();
    for (const id of ["state", "waits", "next", "lines"]) byId(id).replaceChildren();
    log.numbers.clear();
    renderAll();
    if (Board.drawer.id !== null) Board.drawer.open(Board.drawer.id, Board.drawer.opener);
};

// MARK: Settings

const settings = {
    language: { values: ["en", "ko"], words: () => ["English", "한국어"] },
    zone: { values: ["utc", "local"], words: () => ["UTC", Board.phrase("zoneLocal")] },
    theme: { values: ["auto", "light", "dark"],
        words: () => ["themeAuto", "themeLight", "themeDark"].map((key) => Board.phrase(key)) },
};

const chosen = (name, given) => settings[name].values.includes(given) ? given : null;

const applyTheme = (theme) => {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
};

const showSettings = () => {
    for (const [name, { values, words }] of Object.entries(settings)) {
        const select = byId(name);
        const current = name === "theme" ? document.documentElement.dataset.theme ?? "auto" : Board[name];
        select.replaceChildren(...values.map((value, place) =>
            element("option", { value, text: words()[place], selected: value === current })));
        select.value = current;
    }
    byId("filter").placeholder = Board.phrase("filterHint");
    byId("filter").setAttribute("aria-label", Board.phrase("filter"));
    showFold();
};

const showFold = () => say(byId("fold"), Board.phrase(Board.columns.isUnfolded ? "unfold" : "fold"));

const startSettings = () => {
    const asked = new URLSearchParams(location.search);
    const spoken = (navigator.languages ?? [navigator.language]).map((tag) => tag.slice(0, 2).toLowerCase())
        .find((tag) => settings.language.values.includes(tag));
    Board.language = chosen("language", asked.get("lang")) ?? chosen("language", Board.recall("language")) ?? spoken ?? "en";
    Board.zone = chosen("zone", Board.recall("zone")) ?? "utc";
    applyTheme(chosen("theme", Board.recall("theme")) ?? "auto");
    for (const name of Object.keys(settings)) {
        byId(name).addEventListener("change", (event) => {
            const value = event.target.value;
            Board.remember(name, value);
            if (name === "theme") applyTheme(value);
            else {
                Board[name] = value;
                sayAgain();
            }
        });
    }
    document.documentElement.lang = Board.language;
    showSettings();
};

// MARK: Keyboard

const startKeys = () => {
    const filter = byId("filter");
    filter.addEventListener("input", () => {
        Board.columns.setFilter({ text: filter.value.trim().toLowerCase() });
        for (const line of byId("lines").children) Board.show(line, matchesLog(line));
    });
    byId("fold").addEventListener("click", () => {
        Board.columns.isUnfolded = !Board.columns.isUnfolded;
        Board.columns.foldAll(Board.columns.isUnfolded);
        showFold();
    });
    document.addEventListener("keydown", (event) => {
        const isTyping = event.target.matches?.("input, select, textarea");
        if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
            event.preventDefault();
            filter.focus();
            filter.select();
        }
        if (event.key !== "Escape") return;
        if (Board.drawer.id !== null) Board.drawer.close();
        else if (event.target === filter) {
            filter.value = "";
            filter.dispatchEvent(new Event("input"));
            filter.blur();
        }
    });
};

/** Unfolds everything while the page is printed, and folds it again after. */
const startPrinting = () => {
    let opened = [];
    window.addEventListener("beforeprint", () => {
        opened = [...document.querySelectorAll("details:not([open])")];
        for (const node of opened) node.open = true;
    });
    window.addEventListener("afterprint", () => { for (const node of opened) node.open = false; });
};

const start = () => {
    startSettings();
    for (const node of document.querySelectorAll("[data-say]")) say(node, Board.phrase(node.dataset.say));
    startKeys();
    startLog();
    startPrinting();
    Board.columns.start();
    const carried = byId("document")?.textContent.trim() ?? "";
    if (carried !== "") {
        Board.isReport = true;
        // Why last: it is long, and what a reader of a report asks first is above it.
        byId("evidence").after(byId("log"));
        const parsed = parse(carried);
        if (parsed === null) return;
        Board.stillAt = Board.moment(parsed.run?.as_of) ?? Board.moment(parsed.run?.changed_at) ?? Date.now();
        takeDocument(parsed);
        return;
    }
    connect();
    showConnection();
    setInterval(tick, 1000);
    document.addEventListener("visibilitychange", tick);
};

start();
