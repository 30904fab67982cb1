using System.Text.Json;

namespace Noroshi.Hub.Sharing.Sanitising;

/// <summary>Names of values as the contract writes them: <c>encrypted-unopened</c>.</summary>
internal static class ContractNames
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
