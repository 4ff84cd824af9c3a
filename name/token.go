package name

// Name is what a [Parser] makes of a name.
type Name struct {
	// Readings holds at least one way to read the name in Latin letters, the
	// likeliest first. A name in Latin letters usually has one; others follow
	// where words can be parted in another way or letters have rival readings.
	// All readings of an empty name are empty.
	Readings []Reading
	// Script is the script of most of the letters.
	Script Script
	// Mixed tells that more than one script occurs (after repair of letters
	// that only pass for others).
	Mixed bool
	// Cut tells that the name was longer than what is read: MaxRunes letters,
	// MaxTokens words.
	Cut bool
	// Bad tells that bytes were no UTF-8 or that the text carries direction
	// overrides. The rest is read.
	Bad bool
	// Repaired tells that a letter of another script passed for one of this.
	Repaired bool
	// Spaced tells that letters were spaced out ("d e n i s"): the reading
	// has them joined into runs.
	Spaced bool
	// Culture is where the name seems to belong.
	Culture Culture
}

// Reading is one way to read a name.
type Reading struct {
	Tokens []Token
	// System names the way of reading: "latin", "dprk", "revised", "korean",
	// "cantonese", "plain" (nothing translated), "syllables" (joined syllables
	// parted), "quiet" (without the words of a payment text), "organ" (of state,
	// without the name of Korea).
	System string
}

// Token is one word of a reading. Its bytes are good until the next Parse.
type Token struct {
	// Text is the word in small ASCII letters and digits; a letter that no
	// table knows keeps its own form.
	Text []byte
	// Sound is AppendSound of Text, Bones AppendBones of it; for a script
	// without vowels Bones comes from the consonants as written.
	Sound, Bones []byte
	// Alts are other spellings of this word at the same place: rival
	// romanizations, repairs of noise. Mostly empty.
	Alts []Spelling
	// Groups are the equivalence groups that the word belongs to, without
	// order. Two words that share a group may be the same name.
	Groups []Group
	// Class says what kind of word it is.
	Class Class
	// Common is how common the word is among the names of people worldwide:
	// 0 if it is not known, otherwise 1 for about a thousand bearers, and
	// four steps more for each doubling.
	Common uint8
	// Script is the script that the word was written in.
	Script Script
	// From and To bound the bytes of the name that the word was read from.
	From, To int32
}

// Spelling is another way to write a token.
type Spelling struct {
	Text, Sound, Bones []byte
}

// Class says what kind of word a token is. A token can have several.
type Class uint32

// Classes.
const (
	// Legal is a word of a legal form (ltd, gmbh, "limited liability
	// company"); a group of the kind Form says which.
	Legal Class = 1 << iota
	// Title is a title or honorific: mr, dr, sheikh, hajji, general.
	Title
	// Particle is a small word between names: al, bin, ibn, de, van, von.
	Particle
	// Patronymic is a Slavic father's name: -ovich, -evna.
	Patronymic
	// Initial is a single letter that stands for a name.
	Initial
	// Number holds digits alone, or a Roman number.
	Number
	// Generic is a word of trade that many firms share: trading, group, bank.
	Generic
	// Noise belongs to a payment text and not to the name: attn, c/o, dob,
	// and what follows them.
	Noise
	// Function is a function word: the, of, and, for, y, et.
	Function
	// Place is the name of a country or a well-known city.
	Place
	// Abbrev is an abbreviation of a word of trade: comm, grp, intl.
	Abbrev
	// Family is marked as the family name: before a comma, in capitals among
	// small letters, or in the place that Chinese and Korean give it.
	Family
	// Kin is a word of kinship that starts an Arabic byname: abu, umm.
	Kin
	// Glued tells that no space parted the word from the one before it: a
	// hyphen, or a syllable of the same word.
	Glued
	// Noisy tells that the word looks damaged (digits among letters); Alts
	// has what it may have been.
	Noisy
	// Joined is a run of spaced-out letters put together; words are not parted.
	Joined
	// Translated is an English word for one of another language that the
	// tables know; Alts may have how the original sounds.
	Translated
	// Surname is a known Korean or Chinese family name in its place.
	Surname
	// Syllables tells a word that is two syllables of a name that looks Korean or
	// Chinese: another letter in it seldom leaves it one.
	Syllables
	// Phrased tells that a phrase of the tables gave the word a group.
	Phrased
)

// Culture is where a name seems to belong, judged by its words alone.
type Culture uint8

// Cultures that change how a name is read.
const (
	Anywhere Culture = iota
	Korean
	Chinese
	Japanese
	Slavic
	Arabian
	Persian
)

// MaxTokens is how many words of a name are read.
const MaxTokens = 128

// Group is a set of words that may stand for each other.
type Group uint16

// GroupKind says in what way the words of a group are equal.
type GroupKind uint8

// Kinds of groups, from the strongest to the weakest tie.
const (
	// Variant: spellings of one name (Aleksandr, Alexander, Oleksandr), or of
	// one Korean or Chinese syllable where they can be no other (dong, tong).
	Variant GroupKind = iota + 1
	// Form: a legal form, in any language (ooo, gmbh, limited).
	Form
	// Word: one notion, in any language (bank, banque, unhaeng).
	Word
	// Syllable: a Korean syllable in its romanizations (jong, jeong, chung);
	// only given to tokens of a name that looks Korean. Also Chinese
	// syllables (pinyin, Wade-Giles, Cantonese).
	Syllable
	// Nick: a short or pet form and its full name (Bill, William).
	Nick
)
