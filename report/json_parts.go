package report

import (
	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
)

// The small parts of diff.json, for encoding/json. Items have a writer of
// their own in item_json.go. Members are as diff.schema.json says.

type jsonAccount struct {
	Tag       jsonText `json:"tag"`
	Source    jsonText `json:"source"`
	ID        jsonText `json:"id,omitempty"`
	Partition jsonText `json:"partition,omitempty"`
	Alias     jsonText `json:"alias,omitempty"`
}

type jsonRole struct {
	RoleName         jsonText `json:"rolename"`
	Path             jsonText `json:"path"`
	OriginalRoleName jsonText `json:"original_rolename"`
	OriginalPath     jsonText `json:"original_path"`
	ARN              jsonText `json:"arn"`
	RoleID           jsonText `json:"role_id,omitempty"`
	ServiceLinked    bool     `json:"service_linked"`
}

type jsonPair struct {
	RoleName   jsonText        `json:"rolename"`
	Differs    bool            `json:"differs"`
	A          jsonRole        `json:"a"`
	B          jsonRole        `json:"b"`
	Attributes []jsonAttribute `json:"attributes"`
	Blind      []jsonGap       `json:"blind"`
}

type jsonAttribute struct {
	Kind        jsonText  `json:"kind"`
	Key         jsonText  `json:"key,omitempty"`
	A           jsonValue `json:"a"`
	B           jsonValue `json:"b"`
	Fingerprint string    `json:"fingerprint"`
}

type jsonValue struct {
	Has           bool       `json:"has"`
	Value         jsonText   `json:"value"`
	OriginalKey   jsonText   `json:"original_key,omitempty"`
	OriginalValue jsonText   `json:"original_value"`
	Names         []jsonName `json:"names,omitempty"`
}

type jsonName struct {
	Value    jsonText `json:"value"`
	Owner    jsonText `json:"owner"`
	Expected jsonText `json:"expected,omitempty"`
}

type jsonUnique struct {
	jsonRole
	Attributes  []jsonOwnAttribute `json:"attributes"`
	Fingerprint string             `json:"fingerprint"`
}

type jsonOwnAttribute struct {
	Kind          jsonText `json:"kind"`
	Key           jsonText `json:"key,omitempty"`
	Value         jsonText `json:"value"`
	OriginalKey   jsonText `json:"original_key,omitempty"`
	OriginalValue jsonText `json:"original_value"`
	Unknown       bool     `json:"unknown,omitempty"`
}

type jsonGap struct {
	Account    jsonText `json:"account"`
	Kind       jsonText `json:"kind"`
	Entity     jsonText `json:"entity"`
	Name       jsonText `json:"name,omitempty"`
	PolicyType jsonText `json:"policytype,omitempty"`
	PolicyName jsonText `json:"policyname,omitempty"`
	Blind      bool     `json:"blind"`
	Reason     jsonText `json:"reason"`
	Raw        jsonText `json:"raw,omitempty"`
}

type jsonRewrite struct {
	Field  jsonText `json:"field"`
	Before jsonText `json:"before"`
	After  jsonText `json:"after"`
}

func newJSONAccount(a *normalize.Account) jsonAccount {
	j := jsonAccount{Tag: jsonText(a.Tag), Source: jsonText(a.Source)}
	if a.Flat != nil && a.Flat.Account != nil {
		j.ID, j.Partition, j.Alias = jsonText(a.Flat.ID), jsonText(a.Flat.Partition), jsonText(a.Flat.Alias)
	}
	return j
}

func newJSONRole(r *normalize.Role) jsonRole {
	return jsonRole{
		RoleName: jsonText(r.Name), Path: jsonText(r.Path),
		OriginalRoleName: jsonText(r.Raw.Name), OriginalPath: jsonText(r.Raw.Path),
		ARN: jsonText(r.Raw.ARN), RoleID: jsonText(r.Raw.ID), ServiceLinked: r.Raw.ServiceLinked(),
	}
}

func newJSONPair(c *diff.Changes, p *diff.Pair) jsonPair {
	j := jsonPair{
		RoleName: jsonText(p.Name), Differs: p.Differs(), A: newJSONRole(p.A), B: newJSONRole(p.B),
		Attributes: []jsonAttribute{}, Blind: []jsonGap{},
	}
	for i := range p.Attributes {
		a := &p.Attributes[i]
		j.Attributes = append(j.Attributes, jsonAttribute{
			Kind: jsonText(a.Kind), Key: jsonText(a.Key), A: newJSONValue(a.A), B: newJSONValue(a.B),
			Fingerprint: attributeFingerprint(c, p, a),
		})
	}
	for _, g := range p.Blind {
		j.Blind = append(j.Blind, newJSONGap(g))
	}
	return j
}

func newJSONValue(v diff.AttributeValue) jsonValue {
	j := jsonValue{Has: v.Has, Value: jsonText(v.Value), OriginalKey: jsonText(v.RawKey), OriginalValue: jsonText(v.Raw)}
	for _, n := range v.Names {
		j.Names = append(j.Names, jsonName{jsonText(n.Value), jsonText(n.Owner), jsonText(n.Expected)})
	}
	return j
}

func newJSONUnique(holder, other *normalize.Account, r *normalize.Role) jsonUnique {
	j := jsonUnique{
		jsonRole: newJSONRole(r), Attributes: []jsonOwnAttribute{},
		Fingerprint: roleFingerprint(holder, other, r),
	}
	for _, a := range r.Attributes {
		j.Attributes = append(j.Attributes, jsonOwnAttribute{
			jsonText(a.Kind), jsonText(a.Key), jsonText(a.Value), jsonText(a.RawKey), jsonText(a.RawValue), a.Unknown,
		})
	}
	return j
}

func newJSONGap(g inventory.Gap) jsonGap {
	return jsonGap{
		jsonText(g.Account), jsonText(g.Kind), jsonText(g.Entity), jsonText(g.Name),
		jsonText(g.PolicyType), jsonText(g.PolicyName), g.Blind, jsonText(g.Reason), jsonText(g.Raw),
	}
}
