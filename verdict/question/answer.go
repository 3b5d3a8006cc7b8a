package question

import (
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
	"iamctl/verdict/keyname"
	"iamctl/verdict/severity"
)

// Answer is the answer to a question, as JSON.
type Answer struct {
	ID      jsontext.Value  `json:"id,omitzero"`
	Verdict verdict.Verdict `json:"verdict"`
	// Future is the verdict with the actions that AWS may add.
	Future verdict.Verdict `json:"future_verdict"`
	// Kind says in words what kind of change it is.
	Kind     string         `json:"kind,omitempty"`
	Severity severity.Level `json:"severity,omitempty"`
	Gained   *Amount        `json:"gained,omitzero"`
	Lost     *Amount        `json:"lost,omitzero"`
	// Witnesses are requests that one side alone allows, the old side's first.
	Witnesses []Witness `json:"witnesses,omitzero"`
	Reason    string    `json:"reason"`
}

// Amount is verdict.Amount.
type Amount struct {
	Actions  int             `json:"actions"`
	Pairs    int             `json:"pairs"`
	Services []ServiceAmount `json:"services,omitempty"`
}

// ServiceAmount is verdict.ServiceAmount.
type ServiceAmount struct {
	Service string `json:"service"`
	Access  string `json:"access_level,omitempty"`
	Actions int    `json:"actions"`
	Pairs   int    `json:"pairs"`
}

// Witness is a request that one side allows and the other does not.
type Witness struct {
	// AllowedBy is 1 for old, 2 for new.
	AllowedBy int    `json:"allowed_by"`
	Principal string `json:"principal"`
	Action    string `json:"action"`
	Resource  string `json:"resource"`
	// Context has a key's values: its one value, or a list.
	Context map[string]Values `json:"context"`
	// Statements decide on the sides, old first.
	Statements [2][]Place `json:"statements"`
}

// Values are the values of a condition key: a string in JSON where there is one.
type Values []string

// MarshalJSONTo writes a string, or a list of strings.
func (v Values) MarshalJSONTo(e *jsontext.Encoder) error {
	if len(v) == 1 {
		return json.MarshalEncode(e, v[0])
	}
	return json.MarshalEncode(e, []string(v))
}

// MarshalJSON does the same for encoding/json.
func (v Values) MarshalJSON() ([]byte, error) { return json.Marshal(v) }

// UnmarshalJSONFrom reads a string, or a list of strings.
func (v *Values) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	if d.PeekKind() != '"' {
		return json.UnmarshalDecode(d, (*[]string)(v))
	}
	*v = Values{""}
	return json.UnmarshalDecode(d, &(*v)[0])
}

// Place is where a statement is: in which document and which statement of it, from 0.
type Place struct {
	// PolicyType and PolicyName are those of a role's policy, "" for bare documents.
	PolicyType string `json:"policytype,omitempty"`
	PolicyName string `json:"policyname,omitempty"`
	// PolicyARN is the ARN of a role's managed policy or boundary, "" for others.
	PolicyARN string `json:"policyarn,omitempty"`
	// File is the file that has a role's policy: its path within the source, or that
	// of the source if that is a file; "" if there is none.
	File      string `json:"file,omitempty"`
	Boundary  bool   `json:"boundary,omitempty"`
	Document  int    `json:"document"`
	Statement int    `json:"statement"`
	// Level is the place of a control policy from the root on, from 1, and LevelName what it
	// is called; 0 and "" for other policies. Of a level that allows nothing of what is
	// asked Document is -1.
	Level     int    `json:"level,omitzero"`
	LevelName string `json:"levelname,omitempty"`
}

// Unanswered is the answer where no verdict was possible.
func Unanswered(id jsontext.Value, reason string) Answer {
	return Answer{ID: id, Verdict: verdict.Unknown, Future: verdict.Unknown, Reason: reason}
}

// Ask answers a question.
func Ask(c *verdict.Comparer, q *Question) Answer {
	r, j, err := q.Compare(c)
	if err != nil {
		return Unanswered(q.ID, err.Error())
	}
	return q.Answer(r, j)
}

// Answer is the answer to the question with a result, and what it means.
func (q *Question) Answer(r *verdict.Result, j severity.Judgement) Answer {
	return AnswerOf(q.ID, r, j, slices.Concat(q.Old.Documents, q.Old.Boundary, q.New.Documents, q.New.Boundary)...)
}

// AnswerOf is an answer with a result, and what it means. Condition keys are spelled as AWS
// writes them, the rest of them as the documents do.
func AnswerOf(id jsontext.Value, r *verdict.Result, j severity.Judgement, list ...*policy.Document) Answer {
	a := Answer{
		ID: id, Verdict: r.Verdict, Future: r.Future, Kind: j.Kind, Severity: j.Level, Reason: r.Reason,
		Gained: amount(&r.Gained), Lost: amount(&r.Lost), Witnesses: []Witness{},
	}
	for i := range r.Witnesses {
		a.Witnesses = append(a.Witnesses, witness(&r.Witnesses[i], list))
	}
	return a
}

func amount(a *verdict.Amount) *Amount {
	out := &Amount{Actions: a.Actions, Pairs: a.Pairs}
	for _, s := range a.Services {
		out.Services = append(out.Services, ServiceAmount(s))
	}
	return out
}

func witness(w *verdict.Witness, list []*policy.Document) Witness {
	out := Witness{
		AllowedBy: w.AllowedBy, Principal: w.Request.Principal.Value, Action: w.Request.Action, Resource: w.Request.Resource,
		Context: make(map[string]Values, len(w.Request.Context)),
	}
	for key, values := range w.Request.Context {
		out.Context[keyname.Of(key, list...)] = values
	}
	out.Statements[w.AllowedBy-1] = places(w.Allowed.By)
	out.Statements[2-w.AllowedBy] = places(w.Refused.By)
	return out
}

func places(by []eval.Statement) []Place {
	out := make([]Place, len(by))
	for i, s := range by {
		out[i] = Place{Boundary: s.Boundary, Document: s.Document, Statement: s.Index, Level: s.Level}
	}
	return out
}
