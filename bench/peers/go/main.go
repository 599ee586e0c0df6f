// The peer in Go: net/http and mattn/go-sqlite3, prepared statements, readers apart from one writer.
//
//	peer PORT DATABASE
package main

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	_ "github.com/mattn/go-sqlite3"
)

type task struct {
	ID           string  `json:"id"`
	Title        string  `json:"title"`
	Notes        string  `json:"notes"`
	CourseID     *string `json:"course_id"`
	EstimateMin  int     `json:"estimate_min"`
	WorkedMin    int     `json:"worked_min"`
	RemainingMin int     `json:"remaining_min"`
	Priority     int     `json:"priority"`
	Due          string  `json:"due"`
	State        string  `json:"state"`
	Created      string  `json:"created"`
	Completed    *string `json:"completed"`
	Version      int64   `json:"version"`
}

type page struct {
	Items []task  `json:"items"`
	Next  *string `json:"next"`
}

const columns = `id, title, notes, course_id, estimate_min, worked_min, remaining_min, priority, due,
	state, created, completed, version`

type server struct {
	writer               *sql.DB
	session, list, one   *sql.Stmt
	bump, insert, record *sql.Stmt
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func open(path string) *server {
	source := "file:" + path + "?_journal_mode=WAL&_synchronous=FULL&_busy_timeout=5000&_txlock=immediate"
	readers := must(sql.Open("sqlite3", source))
	readers.SetMaxOpenConns(runtime.NumCPU() * 2)
	readers.SetMaxIdleConns(runtime.NumCPU() * 2)
	writer := must(sql.Open("sqlite3", source))
	writer.SetMaxOpenConns(1)
	return &server{
		writer: writer,
		session: must(readers.Prepare(`SELECT a.id, s.expires FROM sessions s JOIN accounts a
			ON a.id = s.account_id AND a.epoch = s.epoch WHERE s.token_hash = ?`)),
		list:   must(readers.Prepare(`SELECT ` + columns + ` FROM tasks WHERE account_id = ? ORDER BY id LIMIT ?`)),
		one:    must(readers.Prepare(`SELECT ` + columns + ` FROM tasks WHERE account_id = ? AND id = ?`)),
		bump:   must(writer.Prepare(`UPDATE desks SET rev = rev + 1 WHERE account_id = ? RETURNING rev`)),
		insert: must(writer.Prepare(`INSERT INTO tasks VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`)),
		record: must(writer.Prepare(`INSERT INTO journal VALUES (NULL, ?, ?, ?, ?)`)),
	}
}

func reply(w http.ResponseWriter, status int, value any) {
	body, err := json.Marshal(value)
	if err != nil {
		problem(w, http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	w.Write(body)
}

func problem(w http.ResponseWriter, status int) {
	http.Error(w, http.StatusText(status), status)
}

// The account whose bearer token came with the request, or none.
func (s *server) account(r *http.Request) (id string, ok bool) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return "", false
	}
	sum := sha256.Sum256([]byte(token))
	var expires string
	if s.session.QueryRow(hex.EncodeToString(sum[:])).Scan(&id, &expires) != nil {
		return "", false
	}
	return id, expires > time.Now().UTC().Format(time.RFC3339)
}

func (s *server) signedIn(handle func(http.ResponseWriter, *http.Request, string)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if id, ok := s.account(r); ok {
			handle(w, r, id)
		} else {
			problem(w, http.StatusUnauthorized)
		}
	}
}

func scan(row interface{ Scan(...any) error }, t *task) error {
	return row.Scan(&t.ID, &t.Title, &t.Notes, &t.CourseID, &t.EstimateMin, &t.WorkedMin, &t.RemainingMin,
		&t.Priority, &t.Due, &t.State, &t.Created, &t.Completed, &t.Version)
}

func (s *server) listTasks(w http.ResponseWriter, r *http.Request, account string) {
	limit := 50
	if text := r.URL.Query().Get("limit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 200 {
			problem(w, http.StatusBadRequest)
			return
		}
		limit = n
	}
	rows, err := s.list.Query(account, limit+1)
	if err != nil {
		problem(w, http.StatusInternalServerError)
		return
	}
	defer rows.Close()
	p := page{Items: make([]task, 0, limit)}
	for rows.Next() {
		if len(p.Items) == limit {
			p.Next = &p.Items[limit-1].ID
			break
		}
		var t task
		if err := scan(rows, &t); err != nil {
			problem(w, http.StatusInternalServerError)
			return
		}
		p.Items = append(p.Items, t)
	}
	reply(w, http.StatusOK, p)
}

func (s *server) oneTask(w http.ResponseWriter, r *http.Request, account string) {
	var t task
	err := scan(s.one.QueryRow(account, r.PathValue("id")), &t)
	if errors.Is(err, sql.ErrNoRows) {
		problem(w, http.StatusNotFound)
	} else if err != nil {
		problem(w, http.StatusInternalServerError)
	} else {
		w.Header().Set("ETag", strconv.Quote(strconv.FormatInt(t.Version, 10)))
		reply(w, http.StatusOK, t)
	}
}

func (t *task) valid() bool {
	_, err := time.Parse(time.RFC3339, t.Due)
	n := utf8.RuneCountInString(t.Title)
	return err == nil && n >= 1 && n <= 200 && utf8.RuneCountInString(t.Notes) <= 4000 &&
		t.EstimateMin >= 1 && t.EstimateMin <= 6000 && t.Priority >= 1 && t.Priority <= 5
}

func (s *server) store(account string, t *task) error {
	tx, err := s.writer.BeginTx(context.Background(), nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := tx.Stmt(s.bump).QueryRow(account).Scan(&t.Version); err != nil {
		return err
	}
	if _, err := tx.Stmt(s.insert).Exec(account, t.ID, t.Title, t.Notes, t.CourseID, t.EstimateMin, t.WorkedMin,
		t.RemainingMin, t.Priority, t.Due, t.State, t.Created, t.Completed, t.Version); err != nil {
		return err
	}
	change, err := json.Marshal(t)
	if err != nil {
		return err
	}
	if _, err := tx.Stmt(s.record).Exec(account, t.Version, t.Created, string(change)); err != nil {
		return err
	}
	return tx.Commit()
}

func (s *server) createTask(w http.ResponseWriter, r *http.Request, account string) {
	t := task{Priority: 3}
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<10))
	decoder.DisallowUnknownFields()
	if decoder.Decode(&t) != nil || !t.valid() {
		problem(w, http.StatusBadRequest)
		return
	}
	t.ID = must(uuid.NewV7()).String()
	t.RemainingMin, t.State, t.Created = t.EstimateMin, "open", time.Now().UTC().Format(time.RFC3339)
	if err := s.store(account, &t); err != nil {
		log.Print(err)
		problem(w, http.StatusInternalServerError)
		return
	}
	w.Header().Set("ETag", strconv.Quote(strconv.FormatInt(t.Version, 10)))
	reply(w, http.StatusCreated, t)
}

func main() {
	s := open(os.Args[2])
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("ok")) })
	mux.HandleFunc("GET /api/v1/tasks", s.signedIn(s.listTasks))
	mux.HandleFunc("GET /api/v1/tasks/{id}", s.signedIn(s.oneTask))
	mux.HandleFunc("POST /api/v1/tasks", s.signedIn(s.createTask))
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[1], mux))
}
