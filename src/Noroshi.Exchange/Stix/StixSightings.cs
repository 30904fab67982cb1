using Noroshi.Hub;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Stix;

/// <summary>How many corporate groups saw something. Below three nothing is told, so there is no value for it.</summary>
public enum SightingBand
{
    /// <summary>3 to 9.</summary>
    FromThree,

    /// <summary>10 and more.</summary>
    FromTen,
}

/// <summary>What the hub tells of answers to an indicator: a band, no count, no member, no time of a single answer.</summary>
/// <param name="Id">Random id of this statement (RFC 9562 version 4); a wider band is a further version of it.</param>
/// <param name="Indicator">Id of the indicator.</param>
/// <param name="Band">How many.</param>
/// <param name="FirstAt">When it was first told.</param>
/// <param name="At">When this version was told.</param>
/// <param name="Tlp">Its marking: that of the item.</param>
public sealed record ToldSighting(Guid Id, Guid Indicator, SightingBand Band, DateTimeOffset FirstAt, DateTimeOffset At, Tlp Tlp);

/// <summary>Sightings in the hub's own words (STIX 2.1, 5.2).</summary>
public static class StixSightings
{
    /// <summary>The sighting with its marking. Identity and indicator stand in the release.</summary>
    public static IReadOnlyList<StixObject> Of(ToldSighting told, HubName hub)
    {
        ArgumentNullException.ThrowIfNull(told);
        ArgumentNullException.ThrowIfNull(hub);
        var tlp = StixMarkings.Tlp(told.Tlp);
        var id = StixIds.Own("sighting", told.Id);
        var modified = StixForm.Cut(told.At);
        var sighting = StixForm.Object(json =>
        {
            json.WriteString("type", "sighting");
            json.WriteString("spec_version", StixObject.SpecVersion);
            json.WriteString("id", id);
            json.WriteString("created_by_ref", StixIds.Own("identity", hub.Id));
            json.Time("created", told.FirstAt);
            json.Time("modified", modified);
            json.Texts("object_marking_refs", tlp.Id);
            var (ja, en) = Said(told.Band);
            json.WriteString("description", $"{ja} / {en}");
            json.WriteString("sighting_of_ref", StixIds.Own("indicator", told.Indicator));
            json.WriteBoolean("summary", true);
        });
        return [tlp, new StixObject(id, "sighting", modified, sighting)];
    }

    private static Words Said(SightingBand band) =>
        band switch
        {
            SightingBand.FromThree => new("受信あり: 3~9の企業グループ", "seen by 3 to 9 corporate groups"),
            SightingBand.FromTen => new("受信あり: 10以上の企業グループ", "seen by 10 or more corporate groups"),
        };
}
