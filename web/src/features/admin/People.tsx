import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue, useId, useState } from "react";
import { getPeople } from "../../api/endpoints";
import { keys, useMe, useSettings } from "../../api/queries";
import type { Person } from "../../api/schema";
import { fileSize, moment } from "../../i18n/format";
import { m } from "../../i18n/messages";
import { ErrorNote } from "../../ui/ErrorNote";
import { InputField } from "../../ui/fields";
import { PersonDialog } from "./PersonDialog";

const nameOf = (person: Person) => person.email ?? m.admin.guest;

function Line({ person, own, onOpen }: { person: Person; own: boolean; onOpen: () => void }) {
  const zone = useSettings().data?.zone ?? "UTC";
  return (
    <li className="row nowrap">
      <div className="grow">
        <p className="who">
          {nameOf(person)}
          {own && <span className="tag">{m.admin.you}</span>}
          {person.admin && <span className="tag">{m.admin.administrator}</span>}
          {person.disabled && <span className="tag warn">{m.admin.off}</span>}
        </p>
        <p className="tiny soft num">
          {person.last_seen ? m.admin.seen(moment(person.last_seen, zone)) : m.admin.notSeen}
          {" · "}
          {m.admin.has(person.tasks, person.attachments, fileSize(person.bytes))}
        </p>
      </div>
      <button className="btn" aria-label={m.admin.changeNamed(nameOf(person))} onClick={onOpen}>
        {m.admin.change}
      </button>
    </li>
  );
}

export function People() {
  const heading = useId();
  const me = useMe().data;
  const cache = useQueryClient();
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search.trim());
  const [opened, setOpened] = useState<Person | null>(null);
  const pages = useInfiniteQuery({
    queryKey: [...keys.people, wanted],
    queryFn: ({ pageParam }) => getPeople(wanted, pageParam),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
  const people = pages.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <section className="card stack" aria-labelledby={heading}>
      <h2 id={heading}>{m.admin.people}</h2>
      <InputField
        label={m.admin.search}
        type="search"
        maxLength={254}
        value={search}
        onChange={setSearch}
      />
      {pages.error && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.data && people.length === 0 && <p className="soft">{m.admin.nobody}</p>}
      <ul className="people">
        {people.map((person) => (
          <Line
            key={person.id}
            person={person}
            own={person.id === me?.id}
            onOpen={() => setOpened(person)}
          />
        ))}
      </ul>
      {pages.hasNextPage && (
        <div className="row">
          <button
            className="btn"
            disabled={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {m.history.more}
          </button>
        </div>
      )}
      {opened && (
        <PersonDialog
          person={opened}
          name={nameOf(opened)}
          own={opened.id === me?.id}
          onClose={() => setOpened(null)}
          onSaved={() => void cache.invalidateQueries({ queryKey: keys.people })}
        />
      )}
    </section>
  );
}
