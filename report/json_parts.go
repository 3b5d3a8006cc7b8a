package report

// The parts of diff.json. Members are as diff.schema.json says, in the order
// of the fields of Run. What begins with "append" and ends with "Members"
// appends members, a comma after each; the others append whole objects.

func appendMeta(dst []byte, m *RunMeta) []byte {
	dst = appendMember(append(dst, '{'), "iamctl", m.Iamctl)
	dst = appendMemberIf(dst, "time", m.Time)
	dst = appendMemberIf(dst, "dictionary", m.Dictionary)
	dst = appendMemberIf(dst, "dictionary_sha256", m.DictionarySHA256)
	dst = appendMemberIf(dst, "reference", m.Reference)
	dst = appendMemberIf(dst, "waivers", m.Waivers)
	dst = appendMemberIf(dst, "waivers_sha256", m.WaiversSHA256)
	return endObject(appendMemberIf(dst, "since", m.Since))
}

func appendAccount(dst []byte, a *RunAccount) []byte {
	dst = appendMember(appendMember(append(dst, '{'), "tag", a.Tag), "source", a.Source)
	dst = appendMemberIf(appendMemberIf(dst, "id", a.ID), "partition", a.Partition)
	return endObject(appendMemberIf(dst, "alias", a.Alias))
}

func appendRoleMembers(dst []byte, r *RunRole) []byte {
	dst = appendMember(appendMember(dst, "rolename", r.RoleName), "path", r.Path)
	dst = appendMember(appendMember(dst, "original_rolename", r.OriginalRoleName), "original_path", r.OriginalPath)
	dst = appendMemberIf(appendMember(dst, "arn", r.ARN), "role_id", r.RoleID)
	return appendBool(dst, "service_linked", r.ServiceLinked)
}

func appendRole(dst []byte, r *RunRole) []byte {
	return endObject(appendRoleMembers(append(dst, '{'), r))
}

// appendPairMembers appends the members before the items.
func appendPairMembers(dst []byte, p *RunPair) []byte {
	dst = appendMemberIf(appendMember(dst, "rolename", p.RoleName), "reason", p.Reason)
	dst = appendBool(dst, "differs", p.Differs)
	dst = appendSidesMembers(dst, &p.A, &p.B, appendRole)
	dst = appendList(dst, "attributes", p.Attributes, appendAttribute)
	return appendList(dst, "blind", p.Blind, appendGap)
}

// appendSidesMembers appends the members a and b.
func appendSidesMembers[T any](dst []byte, a, b *T, one func([]byte, *T) []byte) []byte {
	dst = append(one(appendName(dst, "a"), a), ',')
	return append(one(appendName(dst, "b"), b), ',')
}

func appendMarkMembers(dst []byte, m *RunMark) []byte {
	dst = appendMemberIf(appendIndex(dst, "waiver", m.Waiver), "age", m.Age)
	if c := m.FirstSeen; c != nil {
		dst = append(dst, `"first_seen":{`...)
		dst = appendMember(appendMember(dst, "hash", c.Hash), "time", c.Time)
		dst = appendMember(appendMember(dst, "author", c.Author), "subject", c.Subject)
		dst = append(endObject(appendBoolIf(dst, "at_least", c.AtLeast)), ',')
	}
	return dst
}

func appendAttribute(dst []byte, a *RunAttribute) []byte {
	dst = appendMemberIf(appendMember(append(dst, '{'), "kind", a.Kind), "key", a.Key)
	dst = appendSidesMembers(dst, &a.A, &a.B, appendValue)
	return endObject(appendMarkMembers(appendMember(dst, "fingerprint", a.Fingerprint), &a.RunMark))
}

func appendValue(dst []byte, v *RunValue) []byte {
	dst = appendMember(appendBool(append(dst, '{'), "has", v.Has), "value", v.Value)
	dst = appendMember(appendMemberIf(dst, "original_key", v.OriginalKey), "original_value", v.OriginalValue)
	return endObject(appendListIf(dst, "names", v.Names, appendRunName))
}

func appendRunName(dst []byte, n *RunName) []byte {
	dst = appendMember(appendMember(append(dst, '{'), "value", n.Value), "owner", n.Owner)
	return endObject(appendMemberIf(dst, "expected", n.Expected))
}

func appendOwnAttribute(dst []byte, a *RunOwnAttribute) []byte {
	dst = appendMemberIf(appendMember(append(dst, '{'), "kind", a.Kind), "key", a.Key)
	dst = appendMemberIf(appendMember(dst, "value", a.Value), "original_key", a.OriginalKey)
	return endObject(appendBoolIf(appendMember(dst, "original_value", a.OriginalValue), "unknown", a.Unknown))
}

func appendGap(dst []byte, g *RunGap) []byte {
	dst = appendMember(appendMember(append(dst, '{'), "account", g.Account), "kind", g.Kind)
	dst = appendMemberIf(appendMember(dst, "entity", g.Entity), "name", g.Name)
	dst = appendMemberIf(appendMemberIf(dst, "policytype", g.PolicyType), "policyname", g.PolicyName)
	return endObject(appendMemberIf(appendMember(appendBool(dst, "blind", g.Blind), "reason", g.Reason), "raw", g.Raw))
}

func appendRewrite(dst []byte, r *RunRewrite) []byte {
	dst = appendMember(appendMember(append(dst, '{'), "field", r.Field), "before", r.Before)
	return endObject(appendMember(dst, "after", r.After))
}

func appendWaiver(dst []byte, w *RunWaiver) []byte {
	dst = appendMemberIf(appendMemberIf(append(dst, '{'), "fingerprint", w.Fingerprint), "role", w.Role)
	dst = appendMember(appendMemberIf(dst, "owner", w.Owner), "reason", w.Reason)
	dst = appendMemberIf(appendMemberIf(dst, "ticket", w.Ticket), "expires", w.Expires)
	return endObject(appendInt(appendMember(dst, "state", w.State), "count", w.Count))
}

func appendFixed(dst []byte, f *RunFixed) []byte {
	dst = appendMember(appendMember(append(dst, '{'), "fingerprint", f.Fingerprint), "rolename", f.RoleName)
	return endObject(appendMemberIf(appendMember(dst, "text", f.Text), "side", f.Side))
}

func appendPolicyDocuments(dst []byte, d *RunPolicyDocuments) []byte {
	dst = appendMemberIf(appendMember(append(dst, '{'), "policytype", d.PolicyType), "policyname", d.PolicyName)
	return endObject(appendIndex(appendIndex(dst, "a", d.A), "b", d.B))
}

func appendDocument(dst []byte, text string) []byte {
	return endObject(appendMember(append(dst, '{'), "text", text))
}
