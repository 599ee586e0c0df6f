import { useMe } from "../../api/queries";
import { m } from "../../i18n/messages";
import { Link } from "../../ui/router";

/* The way to the administration, for those who may. */
export function AdminSection() {
  if (!useMe().data?.admin) return null;
  return (
    <section className="card stack" aria-labelledby="admin">
      <h2 id="admin">{m.admin.title}</h2>
      <p>{m.admin.lead}</p>
      <div className="row">
        <Link className="btn" to="/admin">
          {m.admin.open}
        </Link>
      </div>
    </section>
  );
}
