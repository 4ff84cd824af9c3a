package list

import "navicert"

// entity walks every field of e. A test fills all of them, so that a field
// added to Entity and forgotten here is noticed.
func (c *coder) entity(e *Entity) {
	c.own(&e.ID) // first and on its own: Find reads no further
	c.str(&e.Ref)
	c.enum((*uint8)(&e.Kind), uint8(KindAsset))
	each(c, &e.Names, 7, (*coder).name)
	c.enum((*uint8)(&e.Gender), uint8(Female))
	each(c, &e.Dates, 5, (*coder).date)
	each(c, &e.Places, 2, func(c *coder, p *Place) { c.strs(&p.Text, &p.Country) })
	each(c, &e.Countries, 3, func(c *coder, v *Country) {
		c.strs(&v.Code, &v.Text)
		c.enum((*uint8)(&v.Role), uint8(FormerFlag))
	})
	each(c, &e.Documents, 7, (*coder).document)
	each(c, &e.Addresses, 6, func(c *coder, a *Address) {
		c.strs(&a.Text, &a.Street, &a.City, &a.State, &a.Postal, &a.Country)
	})
	each(c, &e.Wallets, 6, func(c *coder, w *Wallet) {
		c.strs(&w.Asset, &w.Address)
		c.days(&w.Listed.After, &w.Listed.By, &w.Removed.After, &w.Removed.By)
	})
	each(c, &e.Relations, 6, func(c *coder, r *Relation) {
		c.enum((*uint8)(&r.Type), uint8(PropertyOf))
		c.strs(&r.Kind, &r.To, &r.Name)
		c.float(&r.Percent)
		c.bool(&r.Former)
	})
	each(c, &e.Programs, 1, (*coder).str)
	each(c, &e.Legal, 1, (*coder).str)
	each(c, &e.Listings, 8, (*coder).listing)
	c.vessel(e)
	each(c, &e.Titles, 1, (*coder).str)
	each(c, &e.Contacts, 2, func(c *coder, v *Contact) { c.strs(&v.Kind, &v.Value) })
	each(c, &e.Notes, 1, (*coder).str)
	each(c, &e.Topics, 1, (*coder).str)
	each(c, &e.Referents, 1, (*coder).str)
}

func (c *coder) strs(s ...*string) {
	for _, p := range s {
		c.str(p)
	}
}

func (c *coder) days(d ...*navicert.Day) {
	for _, p := range d {
		c.day(p)
	}
}

func (c *coder) name(n *Name) {
	c.strs(&n.Text, &n.First, &n.Last, &n.Script, &n.Lang)
	c.enum((*uint8)(&n.Kind), uint8(Spelling))
	c.bool(&n.Weak)
}

func (c *coder) date(d *Date) {
	c.enum((*uint8)(&d.Kind), uint8(Built))
	c.days(&d.From, &d.To)
	c.bool(&d.Circa)
	c.str(&d.Text)
}

func (c *coder) document(d *Document) {
	c.enum((*uint8)(&d.Type), uint8(ISIN))
	c.strs(&d.Kind, &d.Number, &d.Country)
	c.days(&d.Issued, &d.Expires)
	c.str(&d.Note)
}

func (c *coder) listing(l *Listing) {
	c.str(&l.List)
	c.days(&l.Since, &l.Until)
	c.strs(&l.Requirement, &l.Policy)
	each(c, &l.Footnotes, 1, (*coder).int)
	each(c, &l.Notices, 1, (*coder).str)
	c.str(&l.Source)
}

func (c *coder) vessel(e *Entity) {
	has := e.Vessel != nil
	if c.bool(&has); !has {
		return
	}
	if e.Vessel == nil {
		e.Vessel = &Vessel{}
	}
	v := e.Vessel
	c.strs(&v.Type, &v.Owner, &v.Tonnage, &v.GrossTons, &v.Model, &v.Manufacturer)
}
