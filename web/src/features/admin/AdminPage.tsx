import { m } from "../../i18n/messages";
import { Invitations } from "./Invitations";
import { People } from "./People";
import "./admin.css";

/* For administrators: who is here and who may come. Sizes and counts, never what anyone wrote. */
export function AdminPage() {
  return (
    <>
      <div className="head">
        <h1 tabIndex={-1}>{m.admin.title}</h1>
      </div>
      <p className="soft">{m.admin.lead}</p>
      <div className="stack admin">
        <Invitations />
        <People />
      </div>
    </>
  );
}
