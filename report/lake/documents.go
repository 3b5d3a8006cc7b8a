package lake

import (
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"maps"
	"slices"
	"unicode/utf8"

	"iamctl/inventory"
	"iamctl/policy"
)

// Document is a row of the table documents: a text that policies of the account have, once.
type Document struct {
	AccountID  *string `parquet:"account_id,dict"`
	AccountTag string  `parquet:"account_tag,dict"`
	// SHA256 is the digest in hex of the document as the source has it.
	SHA256   string `parquet:"sha256"`
	Document string `parquet:"document"`
	// Exact is false where Document has bytes spelled out, because they are not UTF-8.
	Exact bool  `parquet:"exact"`
	Bytes int32 `parquet:"bytes"`
	// Statements is nil where the document cannot be parsed.
	Statements *int32 `parquet:"statements"`
}

// DocumentsOf yields the documents of an account's roles, users, groups and managed
// policies, those in force, by digest.
func DocumentsOf(a *inventory.Account, tag string) iter.Seq[Document] {
	return func(yield func(Document) bool) {
		all := map[string]inventory.Document{}
		for d := range documentsIn(a) {
			if sha := shaOf(d); sha != nil {
				all[*sha] = d
			}
		}
		for _, sha := range slices.Sorted(maps.Keys(all)) {
			if !yield(documentOf(a, tag, sha, all[sha])) {
				return
			}
		}
	}
}

func documentOf(a *inventory.Account, tag, sha string, d inventory.Document) Document {
	row := Document{AccountID: orNull(a.ID), AccountTag: text(tag), SHA256: sha, Document: text(string(d)), Exact: utf8.ValidString(string(d)), Bytes: int32(len(d))}
	if parsed, _, err := policy.Parse(string(d)); err == nil {
		n := int32(len(parsed.Statements))
		row.Statements = &n
	}
	return row
}

// documentsIn yields every document in force of an account, "" for what was not read.
func documentsIn(a *inventory.Account) iter.Seq[inventory.Document] {
	return func(yield func(inventory.Document) bool) {
		all := func(list []inventory.InlinePolicy) bool {
			return !slices.ContainsFunc(list, func(p inventory.InlinePolicy) bool { return !yield(p.Document) })
		}
		for i := range a.Roles {
			if !yield(a.Roles[i].Trust) || !all(a.Roles[i].Inline) {
				return
			}
		}
		for i := range a.Users {
			if !all(a.Users[i].Inline) {
				return
			}
		}
		for i := range a.Groups {
			if !all(a.Groups[i].Inline) {
				return
			}
		}
		for i := range a.Policies {
			if !yield(a.Policies[i].Document) {
				return
			}
		}
	}
}

// shaOf returns the digest of a document, nil for one that was not read.
func shaOf(d inventory.Document) *string {
	if d == "" {
		return nil
	}
	sum := sha256.Sum256([]byte(d))
	s := hex.EncodeToString(sum[:])
	return &s
}

// texts finds the digests of the documents of an account's policies.
type texts struct {
	managed map[string]*string
}

func newTexts(a *inventory.Account) *texts {
	t := &texts{make(map[string]*string, len(a.Policies))}
	for i := range a.Policies {
		t.managed[a.Policies[i].ARN] = shaOf(a.Policies[i].Document)
	}
	return t
}

// of returns the digests of the documents of a role's policies, in their order, nil for
// those that were not read.
func (t *texts) of(r *inventory.FlatRole) []*string {
	out := make([]*string, len(r.Policies))
	seen := map[string]int{} // a hostile source may have several of one name
	for i := range r.Policies {
		switch p := &r.Policies[i]; p.Type {
		case inventory.Trust:
			out[i] = shaOf(r.Trust)
		case inventory.Inline:
			out[i] = shaOf(inline(r.Role, p.Name, seen[p.Name]))
			seen[p.Name]++
		default:
			out[i] = t.managed[p.ARN]
		}
	}
	return out
}

// inline returns the document of the n-th inline policy with a name.
func inline(r *inventory.Role, name string, n int) inventory.Document {
	for i := range r.Inline {
		if r.Inline[i].Name != name {
			continue
		}
		if n == 0 {
			return r.Inline[i].Document
		}
		n--
	}
	return ""
}
