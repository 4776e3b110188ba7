"""The words by which forms name their fields, in the languages of our users.

English, German, French, Spanish, Italian, Dutch, Polish and Portuguese, written
as `folding` wants them.
"""

from collections.abc import Mapping, Sequence

from probes.forms.form import Meaning

FIELD_WORDS: Sequence[tuple[Meaning, str]] = (
    (
        Meaning.EMAIL,
        """
        email* | e mail* | *email | mail | mailadr* | mailaddress | courriel
        | correo* | adresse electronique | posta elettronica | adres email |
        poczta elektroniczna | endereco de email | endereco eletronico |
        correio eletronico
        """,
    ),
    (
        Meaning.PHONE,
        """
        phone* | *phone | tel | telephone* | telefon* | telefoon* | telefono
        | contact number | mobile | mobil | mobilnummer | mobiltelefon* |
        handy* | rufnummer | ruckruf* | fon | portable | movil | cellulare |
        recapito | cell | mobiel* | telemovel | celular | komorka |
        komorkow* | whatsapp | whats app | gsm
        """,
    ),
    (
        Meaning.OTHER,
        """
        username | user name | benutzername | login | nom d utilisateur |
        usuario | nome utente | gebruikersnaam | nazwa uzytkownika
        """,
    ),
    (
        Meaning.COMPANY,
        """
        company* | firma | firmen* | unternehmen* | organisation |
        organization | business name | societe | entreprise | raison sociale
        | empresa | razon social | azienda | ditta | ragione sociale |
        bedrijf* | organisatie | nazwa firmy
        """,
    ),
    (
        Meaning.NAME,
        """
        full name | fullname | first and last name | vor und nachname |
        voor en achternaam
        """,
    ),
    (
        Meaning.FIRST_NAME,
        """
        first name | firstname | =first | fname | given name | forename |
        vorname | prenom | nombre de pila | voornaam | primeiro nome | =imie
        """,
    ),
    (
        Meaning.LAST_NAME,
        """
        last name | lastname | =last | lname | surname | family name |
        nachname | familienname | zuname | nom de famille | apellido* |
        cognome | achternaam | nazwisko | sobrenome | apelido
        """,
    ),
    (
        Meaning.SUBJECT,
        """
        subject* | *subject | topic | regarding | =re | betreff* | thema |
        worum geht* | sujet | objet | asunto | motivo | =tema | oggetto |
        argomento | onderwerp | temat | assunto | topico
        """,
    ),
    (
        Meaning.POSTCODE,
        """
        zip | zip code | zipcode | post code | postcode | postal code |
        postleitzahl | plz | code postal | codigo postal | =cp | =c p | cap
        | kod pocztowy | cep
        """,
    ),
    (
        Meaning.CITY,
        """
        city | town | ort | wohnort | stadt | ville | localite | commune |
        ciudad | poblacion | localidad | citta | comune | localita | plaats
        | woonplaats | stad | miasto | miejscowosc | cidade | localidade
        """,
    ),
    (
        Meaning.COUNTRY,
        """
        country | land | pays | pais | paese | nazione | kraj
        """,
    ),
    (
        Meaning.URL,
        """
        website* | web site | url | homepage | webseite | internetseite |
        site web | site internet | sitio web | pagina web | sito | sito web
        | strona www
        """,
    ),
    (
        Meaning.ADDRESS,
        """
        address* | adresse | anschrift | street* | strasse* | hausnummer |
        rue | direccion | domicilio | calle | indirizzo | =via | adres |
        straat* | ulica | endereco | rua | morada
        """,
    ),
    (
        Meaning.MESSAGE,
        """
        message* | *message | comment* | question* | inquiry | enquiry |
        =details | =notes | feedback | additional information | tell us* |
        how can we help* | what can we do* | nachricht* | mitteilung* |
        anfrage | anliegen | kommentar* | frage* | bemerkung* | anmerkung* |
        wie konnen wir* | =text | demande | precisions | mensaje | consulta
        | comentario* | observac* | en que podemos* | messaggio | richiesta
        | testo | =note | come possiamo* | bericht | opmerking* | vraag |
        toelichting | waarmee kunnen* | wiadomosc* | tresc | pytanie |
        zapytanie | uwagi | w czym mozemy* | mensagem | duvida* |
        como podemos* | pedido
        """,
    ),
    (
        Meaning.NUMBER,
        """
        quantity | how many | number of | guests | anzahl | menge |
        personenzahl | nombre de personnes | quantite | cantidad | numero de
        | quantita | aantal | ilosc | quantidade
        """,
    ),
    (
        Meaning.DATE,
        """
        date | *date | datum | termin | wunschtermin | fecha | data di |
        data da | data wizyty | dzien
        """,
    ),
    (
        Meaning.NAME,
        """
        name | *name | names | nom | nombre | nome | naam | imie | nazwa |
        contact person | ansprechpartner | kontaktperson |
        persona de contacto | nominativo | contactpersoon | osoba kontaktowa
        | pessoa de contacto | pessoa de contato
        """,
    ),
)
"""In the order in which they are tried: "company name" is no name, "subject of
your message" no message."""

AUTOCOMPLETE: Mapping[str, Meaning] = {
    "name": Meaning.NAME,
    "given-name": Meaning.FIRST_NAME,
    "family-name": Meaning.LAST_NAME,
    "email": Meaning.EMAIL,
    "tel": Meaning.PHONE,
    "tel-national": Meaning.PHONE,
    "organization": Meaning.COMPANY,
    "street-address": Meaning.ADDRESS,
    "address-line1": Meaning.ADDRESS,
    "address-level2": Meaning.CITY,
    "postal-code": Meaning.POSTCODE,
    "country": Meaning.COUNTRY,
    "country-name": Meaning.COUNTRY,
    "url": Meaning.URL,
}
"""https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill"""

PRIVACY_WORDS = """
    privacy* | data protection | personal data | gdpr | terms | conditions |
    datenschutz* | dsgvo | agb | personenbezogen* | rgpd | confidentialite |
    donnees personnelles | conditions generales | privacidad | datos personales
    | proteccion de datos | dati personali | informativa | privacybeleid |
    persoonsgegevens | voorwaarden | rodo | prywatnosci | danych osobowych |
    regulamin* | privacidade | dados pessoais | lgpd | consent* | acceptance
"""
AGREE_WORDS = """
    agree* | accept* | consent* | einverstanden | zustimm* | stimme | akzeptier*
    | einwillig* | accepte* | j accepte | consens | acepto | consiento | accetto
    | acconsento | akkoord | ga akkoord | zgadzam | wyrazam zgode | akceptuje |
    aceito | concordo | autorizo | autorizzo
"""
NEWSLETTER_WORDS = """
    newsletter* | *newsletter | mailing list | subscribe* | marketing | offers |
    promotion* | special offers | abonnier* | werbung | angebote | infolettre |
    abonner | offres | boletin* | suscri* | promocion* | bollettino | iscriv* |
    nieuwsbrief | aanbiedingen | biuletyn* | subskry* | novidades | inscrever |
    promoc*
"""
CONFIRM_WORDS = """
    confirm* | repeat* | again | retype | re enter | verify | wiederhol* |
    bestatig* | repet* | ripet* | conferma* | herhaal | bevestig* | potwierdz* |
    powtorz*
"""
CAPTCHA_WORDS = """
    captcha* | *captcha | quiz* | security question | security code |
    spam protection | anti spam | antispam* | are you human | sicherheitsfrage |
    sicherheitscode | spamschutz* | rechenaufgabe | code de securite |
    question de securite | codigo de seguridad | codice di sicurezza |
    beveiligingscode | kod z obrazka | codigo de seguranca | verification code |
    code shown | code above | code below | code you see | characters shown |
    not a robot | kein roboter | pas un robot | no soy un robot | non sono un robot
    | geen robot | jestem robotem | nao sou um robo
"""
TRAP_NAMES = """
    hp | honey* | *honeypot | gotcha | bot field | botfield | botcheck | url2 |
    website2 | nobot* | no bots | notrobot | leave blank | leaveblank |
    leave empty | dont fill | do not fill | fax only | trap | fluent sf |
    kb verify email | frm verify | bottrap | hpot | spamtrap |
    gform validation container
"""
TRAP_LABELS = """
    leave this* | leave blank | leave empty | left blank | left empty |
    left unchanged | do not fill | don t fill | if you are human |
    if you are a human | leer lassen | frei lassen | freilassen | leerlassen |
    nicht ausfullen | laisser vide | laissez ce champ vide |
    laisser ce champ vide | ne pas remplir | ne remplissez pas | dejar vacio |
    dejar en blanco | deje este campo* | deja este campo* | no rellenar |
    no rellene | no completar | lasciare vuoto | lascia vuoto |
    lascia questo campo vuoto | lasciare questo campo* | non compilare |
    leeg laten | laat dit veld leeg | laat leeg | niet invullen | pozostaw puste
    | pozostaw to pole puste | nie wypelnia* | deixe vazio | deixe em branco |
    deixe este campo* | nao preencher | nao preencha
"""
ASIDE_WORDS = """
    preview* | vorschau* | apercu | previsuali* | vista previa | anteprima |
    voorbeeld | podglad* | pre visualiz* | =back | go back | =zuruck | =retour |
    precedent | =volver | indietro | =terug | wstecz | voltar | previous | vorherige* |
    anterior | precedente | vorige | poprzedni* | reset | cancel |
    abbrechen | annuler | cancelar | annulla | annuleren | anuluj | search | suche*
    | rechercher | buscar | cerca | zoeken | szukaj | log in | login | subscribe |
    upload | add to cart
"""
REFUSING_WORDS = """
    =no | no thank* | nein* | non | nee | nie | nao | don t | do not | ohne | kein*
"""
PLACEHOLDER_WORDS = """
    choose* | select* | please* | pick | bitte* | auswahlen | wahlen | choisir |
    choisissez | selectionne* | elija | elige | selecciona* | seleccione |
    scegli* | seleziona* | kies* | selecteer | maak een keuze | wybierz |
    escolha | selecione
"""
