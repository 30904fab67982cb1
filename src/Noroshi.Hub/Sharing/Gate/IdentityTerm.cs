using System.Text.Json.Serialization;

namespace Noroshi.Hub.Sharing.Gate;

/// <summary>What a word of an identity dictionary (固有名辞書) is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IdentityKind>))]
public enum IdentityKind
{
    /// <summary>Name in Japanese.</summary>
    [JsonStringEnumMemberName("name-ja")]
    NameJa,

    /// <summary>Name in kana.</summary>
    [JsonStringEnumMemberName("name-kana")]
    NameKana,

    /// <summary>Name in Latin letters as it is read.</summary>
    [JsonStringEnumMemberName("name-romaji")]
    NameRomaji,

    /// <summary>English name.</summary>
    [JsonStringEnumMemberName("name-en")]
    NameEn,

    /// <summary>Abbreviation.</summary>
    [JsonStringEnumMemberName("abbreviation")]
    Abbreviation,

    /// <summary>Former name.</summary>
    [JsonStringEnumMemberName("former-name")]
    FormerName,

    /// <summary>Brand or product.</summary>
    [JsonStringEnumMemberName("brand")]
    Brand,

    /// <summary>Project.</summary>
    [JsonStringEnumMemberName("project")]
    Project,

    /// <summary>Domain.</summary>
    [JsonStringEnumMemberName("domain")]
    Domain,

    /// <summary>Mail address.</summary>
    [JsonStringEnumMemberName("address")]
    Address,

    /// <summary>IP address or range.</summary>
    [JsonStringEnumMemberName("network")]
    Network,

    /// <summary>Host name, or its fixed part.</summary>
    [JsonStringEnumMemberName("host")]
    Host,

    /// <summary>GUID of a tenant.</summary>
    [JsonStringEnumMemberName("tenant")]
    Tenant,

    /// <summary>Telephone number.</summary>
    [JsonStringEnumMemberName("phone")]
    Phone,

    /// <summary>Postal address.</summary>
    [JsonStringEnumMemberName("postal-address")]
    PostalAddress,

    /// <summary>Name of a person.</summary>
    [JsonStringEnumMemberName("staff")]
    Staff,

    /// <summary>Corporate number (法人番号).</summary>
    [JsonStringEnumMemberName("corporate-number")]
    CorporateNumber,

    /// <summary>Given without a kind.</summary>
    [JsonStringEnumMemberName("word")]
    Word,
}

/// <summary>A word that tells who somebody is.</summary>
/// <param name="Owner">Id of the organisation; its word must not leave in anything that anybody gets.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The word as given or harvested.</param>
public sealed record IdentityTerm(string Owner, IdentityKind Kind, string Value);
