using System.Reflection;
using System.Text;
using System.Text.Json;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Passwords;
using Noroshi.MailAnatomy.Wire;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Jail;

public sealed class WireJsonTests
{
    [Fact]
    public void Every_property_of_a_request_reaches_the_worker()
    {
        var request = new DissectionRequest
        {
            Name = "名前 \"x\"",
            Kind = InputKind.File,
            Level = DissectionLevel.HeadersOnly,
            Estate = new OwnEstate(["a"], ["192.0.2.0/24"], ["例.jp", "b"]),
            Candidates = [new PasswordCandidate("p", "given", "w"), new PasswordCandidate("q", "list", "")],
            PasswordBudgetMilliseconds = 1,
            MaxBytes = 1L << 40,
            MaxEntries = 3,
            MaxDepth = 5,
        };
        var read = WireJson.ReadRequest(WireJson.Write(request)).ShouldNotBeNull();
        Encoding.UTF8.GetString(WireJson.Write(read)).ShouldBe(Encoding.UTF8.GetString(WireJson.Write(request)));

        // A property that is added later and forgotten here would keep its default.
        var defaults = new DissectionRequest();
        foreach (var property in typeof(DissectionRequest).GetProperties().Where(property => property.CanWrite))
        {
            property.GetValue(read).ShouldNotBe(property.GetValue(defaults), property.Name);
        }
    }

    [Fact]
    public void Facts_come_back_as_they_were_sent()
    {
        var mail = Filled<MailFacts>(3);
        var file = Filled<FileFacts>(3);
        var json = Write(new AnatomyFrame("a/b", 2, mail, file));
        var read = WireJson.ReadFrame(json).ShouldNotBeNull();
        Encoding.UTF8.GetString(Write(read)).ShouldBe(Encoding.UTF8.GetString(json));
        read.File.ShouldNotBeNull().Disguises.ShouldBe(file.Disguises);
        read.Mail.ShouldNotBeNull().Findings[0].Severity.ShouldBe(mail.Findings[0].Severity);
    }

    [Fact]
    public void Every_property_is_required_and_none_may_be_null_that_the_record_does_not_allow()
    {
        var json = Encoding.UTF8.GetString(Write(new AnatomyFrame("m", 0, Filled<MailFacts>(2), Filled<FileFacts>(2))));
        using var document = JsonDocument.Parse(json);
        foreach (var part in (string[])["Mail", "File"])
        {
            foreach (var property in document.RootElement.GetProperty(part).EnumerateObject())
            {
                var without = new StringBuilder();
                foreach (var other in document.RootElement.GetProperty(part).EnumerateObject().Where(other => other.Name != property.Name))
                {
                    without
                        .Append(without.Length == 0 ? "" : ",")
                        .Append('"')
                        .Append(other.Name)
                        .Append("\":")
                        .Append(other.Value.GetRawText());
                }

                var rest = part == "Mail" ? "\"File\":null" : "\"Mail\":null";
                var text = $$"""{"Member":"m","Stage":0,"{{part}}":{{{without}}},{{rest}}}""";
                WireJson.ReadFrame(Encoding.UTF8.GetBytes(text)).ShouldBeNull(property.Name);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"Name":null}""")]
    [InlineData("""{"Kind":3}""")]
    [InlineData("""{"Kind":0""")]
    [InlineData("""{"Candidates":[{"Value":1}]}""")]
    [InlineData("""{"Other":1}""")]
    public void A_request_is_read_strictly(string json) =>
        (WireJson.ReadRequest(Encoding.UTF8.GetBytes(json)) is null).ShouldBe(json != "{}");

    private static byte[] Write(AnatomyFrame frame)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            WireJson.Write(writer, frame);
        }

        return stream.ToArray();
    }

    private static T Filled<T>(int depth) => (T)(Make(typeof(T), depth) ?? throw new InvalidOperationException(typeof(T).Name));

    /// <summary>A value of the type with every property set to something else than its default, down to a depth.</summary>
    private static object? Make(Type type, int depth)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        if (inner == typeof(string))
        {
            return "文字\u202e";
        }

        if (inner.IsEnum)
        {
            return Enum.GetValues(inner).Cast<object>().Last();
        }

        if (inner == typeof(DateTimeOffset))
        {
            return new DateTimeOffset(2024, 4, 1, 9, 0, 0, TimeSpan.FromHours(9));
        }

        if (inner.IsPrimitive)
        {
            return inner == typeof(bool) ? true : Convert.ChangeType(7, inner, System.Globalization.CultureInfo.InvariantCulture);
        }

        if (inner.IsGenericType && inner.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var element = inner.GetGenericArguments()[0];
            var list = Array.CreateInstance(element, depth > 0 ? 1 : 0);
            if (depth > 0)
            {
                list.SetValue(Make(element, depth - 1), 0);
            }

            return list;
        }

        return MakeRecord(inner, depth);
    }

    private static object? MakeRecord(Type type, int depth)
    {
        if (depth < 0)
        {
            return null;
        }

        var constructor = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).First();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType, depth - 1))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            var nullable = new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
            property.SetValue(made, Make(property.PropertyType, nullable ? depth - 1 : Math.Max(0, depth - 1)));
        }

        return made;
    }
}
