using System.Globalization;
using Cancela.Problems;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary>Reads what stands behind the question mark.</summary>
internal static class Query
{
    public static Guid? Id(HttpContext context, string name, List<FieldFault> faults)
    {
        if (!context.Request.Query.TryGetValue(name, out var values)) return null;
        if (values.Count == 1 && Guid.TryParseExact(values[0], "D", out var id)) return id;
        faults.Add(new(name, "Informe um UUID", "Enter a UUID"));
        return null;
    }

    public static int Number(HttpContext context, string name, int byDefault, int least, int most, List<FieldFault> faults)
    {
        if (!context.Request.Query.TryGetValue(name, out var values)) return byDefault;
        if (values.Count == 1 && int.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        faults.Add(new(name, $"Informe um número de {least} a {most}", $"Enter a number from {least} to {most}"));
        return byDefault;
    }
}
