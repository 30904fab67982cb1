using System.Text;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.MailAnatomy.Tests.Headers;

/// <summary>Header blocks for tests, from text or bytes.</summary>
internal static class HeaderTexts
{
    public static HeaderBlock Block(params (string Name, string Value)[] fields) =>
        new([.. fields.Select(field => Field(field.Name, field.Value))]);

    public static HeaderField Field(string name, string value) => new(name, Encoding.UTF8.GetBytes(value), value);

    public static HeaderField Field(string name, byte[] raw) => new(name, raw, HeaderText.Decode(raw, null, []));

    public static IReadOnlyList<MailAddress> Addresses(string value, List<Finding>? findings = null) =>
        AddressList.Parse(Field("To", value), null, findings ?? []);

    /// <summary>Header fields of a mail as bytes.</summary>
    public static HeaderBlock Read(byte[] mail) => RawHeaders.Parse(mail, [], out _);
}
