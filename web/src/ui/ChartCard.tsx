import { Table2 } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import { m } from "../i18n/messages";
import "./chart.css";

interface Props {
  title: string;
  picture: ReactNode;
  table: ReactNode;
}

/* A picture, and the same as a table. The picture is an image with a sentence for a name. */
export function ChartCard({ title, picture, table }: Props) {
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  return (
    <section className="card chart-card" aria-labelledby={id}>
      <div className="row nowrap">
        <h2 id={id} className="grow">
          {title}
        </h2>
        <button
          className="btn quiet sm end"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          <Table2 className="ic" />
          {asTable ? m.chart.asPicture : m.chart.asTable}
        </button>
      </div>
      {asTable ? (
        <div className="scroll-x" tabIndex={0} role="group" aria-label={title}>
          {table}
        </div>
      ) : (
        picture
      )}
    </section>
  );
}
