using System.Text.Json;
using Noroshi.Hub;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Stix;

/// <summary>
/// Marking definitions: TLP 2.0 and PAP in the instances that the OASIS common objects define (others must not be made), FIRST IEP 2.0 by the
/// extension of the same repository, and a statement for people who read neither.
/// </summary>
internal static class StixMarkings
{
    private const string Type = "marking-definition";
    private const string TlpExtension = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";
    private const string PapExtension = "extension-definition--f8d78575-edfd-406e-8e84-6162a8450f5b";
    private const string IepExtension = "extension-definition--762e2e97-ee51-43e5-a9ea-165fbb862c4a";

    /// <summary>The four markings of an item.</summary>
    public static IReadOnlyList<StixObject> Of(Release release) =>
        [Tlp(release.Item.Marking.Tlp), Pap(release.Item.Marking.Pap), Iep(release), Statement(release)];

    /// <summary>TLP 2.0 label.</summary>
    public static StixObject Tlp(Tlp tlp)
    {
        var (id, value) = tlp switch
        {
            Hub.Sharing.Tlp.Clear => ("94868c89-83c2-464b-929b-a1a8aa3c8487", "clear"),
            Hub.Sharing.Tlp.Green => ("bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "green"),
            Hub.Sharing.Tlp.Amber => ("55d920b0-5e8b-4f79-9ee9-91f868d9b421", "amber"),
            Hub.Sharing.Tlp.AmberStrict => ("939a9414-2ddd-4d32-a0cd-375ea402b003", "amber+strict"),
            Hub.Sharing.Tlp.Red => ("e828b379-4e03-4974-9ac4-e53a884c97c1", "red"),
        };
        var created = new DateTimeOffset(2022, 10, 1, 0, 0, 0, TimeSpan.Zero);
        return Definition($"{Type}--{id}", created, "TLP:" + Marking.NameOf(tlp), json => Extension(json, TlpExtension, "tlp_2_0", value));
    }

    /// <summary>PAP label.</summary>
    public static StixObject Pap(Pap pap)
    {
        var (id, day, value) = pap switch
        {
            Hub.Sharing.Pap.Clear => ("ad15a0cd-55b6-4588-a14c-a66105329b92", 1, "clear"),
            Hub.Sharing.Pap.Green => ("c43594d1-4b11-4c59-93ab-1c9b14d53ce9", 9, "green"),
            Hub.Sharing.Pap.Amber => ("60f8932b-e51e-4458-b265-a2e8be9a80ab", 2, "amber"),
            Hub.Sharing.Pap.Red => ("740d36e5-7714-4c30-961a-3ae632ceee0e", 6, "red"),
        };
        var created = new DateTimeOffset(2022, 10, day, 0, 0, 0, TimeSpan.Zero);
        return Definition($"{Type}--{id}", created, "PAP:" + value.ToUpperInvariant(), json => Extension(json, PapExtension, "pap", value));
    }

    /// <summary>To whom an item may be handed on (展開可能範囲).</summary>
    public static Words Scope(Redistribution redistribution) =>
        (redistribution.GroupCompanies, redistribution.Contractors) switch
        {
            (false, false) => new("自組織内に限る(再配布不可)", "own organisation only, no redistribution"),
            (true, false) => new("自組織および登録済みのグループ会社", "own organisation and registered group companies"),
            (false, true) => new(
                "自組織および秘密保持契約のある委託先",
                "own organisation and contractors under an agreement of confidentiality"
            ),
            (true, true) => new(
                "自組織、登録済みのグループ会社および秘密保持契約のある委託先",
                "own organisation, registered group companies and contractors under an agreement of confidentiality"
            ),
        };

    /// <summary>A definition has no versions: its id follows what it says, which is nothing that was dropped.</summary>
    private static StixObject Iep(Release release)
    {
        var (item, marking) = (release.Item, release.Item.Marking);
        var policy = StixIds.Shaped(item.Id, "iep-policy", Place(marking));
        return Definition(
            StixIds.Of(Type, item.Id, "iep " + Place(marking)),
            StixForm.Cut(release.FirstAt),
            "FIRST IEP 2.0",
            json =>
            {
                json.WriteStartArray("external_references");
                json.WriteStartObject();
                json.WriteString("source_name", "FIRST Information Exchange Policy 2.0");
                json.WriteString("description", "FIRST IEP SIG, https://www.first.org/iep/");
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteStartObject("extensions");
                json.WriteStartObject(IepExtension);
                json.WriteString("extension_type", "property-extension");
                json.WriteString("encrypt_in_transit", marking.Tlp >= Hub.Sharing.Tlp.Amber ? "must" : "may");
                json.WriteString("permitted_actions", Actions(marking.Pap));
                // Owners of hijacked sites are told by the hub; a second notice by many receivers would tell the attacker.
                json.WriteString("affected_party_notifications", marking.Tlp >= Hub.Sharing.Tlp.Amber ? "must-not" : "may");
                json.WriteString("tlp", OldTlp(marking.Tlp));
                json.WriteString("provider_attribution", marking.NameTheHub ? "may" : "must-not");
                json.WriteString("unmodified_resale", "must-not");
                json.WriteString("iep_id", policy.ToString("D"));
                json.WriteNumber("iep_version", 2.0);
                json.WriteString("description", Statement(marking));
                json.Time("start_date", release.FirstAt);
                json.Time("end_date", marking.ExpiresAt);
                json.WriteEndObject();
                json.WriteEndObject();
            }
        );
    }

    private static StixObject Statement(Release release) =>
        Definition(
            StixIds.Of(Type, release.Item.Id, "statement " + Place(release.Item.Marking)),
            StixForm.Cut(release.FirstAt),
            "展開可能範囲 / Redistribution",
            json =>
            {
                json.WriteString("definition_type", "statement");
                json.WriteStartObject("definition");
                json.WriteString("statement", Statement(release.Item.Marking));
                json.WriteEndObject();
            }
        );

    private static string Statement(Marking marking)
    {
        var scope = Scope(marking.Redistribution);
        var (tlp, pap) = (Marking.NameOf(marking.Tlp), marking.Pap.ToString().ToUpperInvariant());
        return $"TLP:{tlp}、PAP:{pap}。展開可能範囲: {scope.Ja}。 / TLP:{tlp}, PAP:{pap}. Redistribution: {scope.En}.";
    }

    /// <summary>
    /// What PAP allows, in the words of IEP. The hub's PAP:AMBER asks no third party, so that it is visible inside only; PAP:GREEN blocks, which the
    /// attacker may notice but is not told.
    /// </summary>
    private static string Actions(Pap pap) =>
        pap switch
        {
            Hub.Sharing.Pap.Clear => "externally-visible-direct-actions",
            Hub.Sharing.Pap.Green => "externally-visible-indirect-actions",
            Hub.Sharing.Pap.Amber or Hub.Sharing.Pap.Red => "internally-visible-actions",
        };

    /// <summary>IEP 2.0 knows TLP 1: of AMBER+STRICT it can say AMBER only, the other marking says the rest.</summary>
    private static string OldTlp(Tlp tlp) =>
        tlp switch
        {
            Hub.Sharing.Tlp.Clear => "white",
            Hub.Sharing.Tlp.Green => "green",
            Hub.Sharing.Tlp.Amber or Hub.Sharing.Tlp.AmberStrict => "amber",
            Hub.Sharing.Tlp.Red => "red",
        };

    private static string Place(Marking marking) =>
        $"{(int)marking.Tlp} {(int)marking.Pap} {marking.Redistribution.GroupCompanies} {marking.Redistribution.Contractors} {marking.NameTheHub} {StixForm.Time(marking.ExpiresAt)}";

    private static void Extension(Utf8JsonWriter json, string id, string name, string value)
    {
        json.WriteStartObject("extensions");
        json.WriteStartObject(id);
        json.WriteString("extension_type", "property-extension");
        json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static StixObject Definition(string id, DateTimeOffset created, string name, Action<Utf8JsonWriter> body) =>
        new(
            id,
            Type,
            created,
            StixForm.Object(json =>
            {
                json.WriteString("type", Type);
                json.WriteString("spec_version", StixObject.SpecVersion);
                json.WriteString("id", id);
                json.Time("created", created);
                json.WriteString("name", name);
                body(json);
            })
        );
}
