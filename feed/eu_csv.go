package feed

import (
	"fmt"

	"navicert/list"
)

// parseEUCSV reads csvFullSanctionsList_1_1: one row for each name, address,
// birth date and so on, told together by Entity_LogicalId.
func parseEUCSV(files []File) (*list.Edition, error) {
	f, err := only(files)
	if err != nil {
		return nil, err
	}
	t, err := newTable(f, ';', "fileGenerationDate", "Entity_LogicalId", "Entity_SubjectType", "Entity_Regulation_Programme",
		"NameAlias_WholeName", "BirthDate_Year", "Identification_Number", "Citizenship_CountryIso2Code")
	if err != nil {
		return nil, err
	}
	defer t.Close()
	r := newRoll("eu-fsf", "csv", f)
	g := newGroups()
	block := func(prefix string) euRecord {
		return func(field string) string { return t.Get(prefix + field) }
	}
	entity, name, address := block("Entity_"), block("NameAlias_"), block("Address_")
	birth, document, citizenship := block("BirthDate_"), block("Identification_"), block("Citizenship_")
	for {
		if ok, err := t.Next(); err != nil {
			return nil, err
		} else if !ok {
			break
		}
		if r.Date == 0 {
			d, ok := readDay(t.Get("fileGenerationDate"), dayFirst)
			if !ok {
				return nil, t.fault(fmt.Sprintf("fileGenerationDate is %q", t.Get("fileGenerationDate")), "a day, 24/01/2024")
			}
			r.Date = d
		}
		id, kind := entity("LogicalId"), euKind(entity("SubjectType"))
		if id == "" || kind == list.KindUnknown {
			return nil, t.fault(fmt.Sprintf("Entity_LogicalId is %q and Entity_SubjectType %q", id, entity("SubjectType")), "a number, and P or E")
		}
		b := g.get("eu-"+id, lastOf(id, entity("EU_ReferenceNumber")), kind, t.Line)
		euEntity(b, entity, entity("Regulation_Programme"), entity("Regulation_NumberTitle"), entity("Regulation_PublicationUrl"))
		for _, part := range []struct {
			get euRecord
			add func(*builder, euRecord)
		}{{name, euName}, {address, euAddress}, {birth, euBirth}, {document, euDocument}, {citizenship, euCitizenship}} {
			if part.get("LogicalId") == "" {
				continue
			}
			part.add(b, part.get)
			euBasis(b, part.get("Regulation_Programme"), part.get("Regulation_NumberTitle"))
		}
	}
	if err := t.whole(); err != nil {
		return nil, err
	}
	return r.groups(g)
}
