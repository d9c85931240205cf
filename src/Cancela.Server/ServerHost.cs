using Cancela.Server.Answers;
using Cancela.Server.Docs;
using Cancela.Server.Pages;
using Microsoft.Extensions.Options;

namespace Cancela.Server;

/// <summary>The process, put together: settings, services, and what a request passes on its way.</summary>
internal static class ServerHost
{
    /// <param name="settings">Settings from the command line: <c>--urls http://localhost:6000</c>.</param>
    /// <param name="output">What is logged when.</param>
    /// <param name="more">Endpoints beside the server's own.</param>
    /// <exception cref="OptionsValidationException">Something is wrong with the settings: all of it.</exception>
    public static WebApplication Build(string[] settings, ServerLogging output, Action<IEndpointRouteBuilder>? more = null)
    {
        var builder = WebApplication.CreateSlimBuilder(settings);
        output.Configure(builder);
        KestrelLimits.Configure(builder.WebHost);
        var server = ServerSettings.Read(builder.Configuration, builder.Environment);
        var cancela = builder.Services.AddCancela();
        server.Database?.Use(cancela);
        server.Redis?.Use(cancela);
        if (server.ApiDocs) ApiDocs.Add(builder.Services);
        var app = builder.Build();
        Validate(app, server);
        Use(app, server);
        more?.Invoke(app);
        return app;
    }

    // The library's faults and the server's are told together.
    private static void Validate(WebApplication app, ServerSettings server)
    {
        IEnumerable<string> faults = server.Faults;
        try
        {
            app.Services.GetRequiredService<CancelaOptions>();
        }
        catch (OptionsValidationException exception)
        {
            faults = faults.Concat(exception.Failures);
        }
        string[] all = [.. faults];
        if (all.Length > 0) throw new OptionsValidationException(CancelaSettings.Section, typeof(CancelaOptions), all);
    }

    private static void Use(WebApplication app, ServerSettings server)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseStatusCodePages(EmptyAnswers.ExplainAsync);
        app.UseMiddleware<UnexpectedFailures>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapCancela();
        Health.Map(app);
        PageFiles.Map(app);
        if (server.ApiDocs) ApiDocs.Map(app);
    }
}
